using Gala.Environments;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Learning.Tests;

public sealed class VTraceLearnerTests
{
    private const int Steps = 5, Simulators = 4, Features = 3, Actions = 3;

    private static readonly VTraceOptions Traces = new() { Discount = 0.9f, RhoBar = 1.2f, CBar = 0.8f, TraceDecay = 0.9f };
    private static readonly A2COptions Options = new() { Coefficients = new A2CCoefficients(0.5f, 0.05f) };

    [Theory]
    [InlineData("mlp")]
    [InlineData("mlp-lstm")]
    public void ComputeGradients_OnPolicy_EqualsA2COnTheSameRollout(string preset)
    {
        NetworkSpec spec = NetworkPresets.Create(preset, TensorShape.Vector(4), 2);
        using ManagedActorCritic network = new(spec, Actor.RowsFor(Steps, Simulators));
        NetworkInitialization.Orthogonal(spec, network.Parameters, seed: 3);
        network.ParametersChanged();
        Rollout rollout = new(Steps, Simulators);
        Actor actor = new(network, SimulatorBatch.Create("classic/cartpole:limit=7", Simulators, seed: 3), rollout, seed: 3, firstSimulator: 0);
        actor.Collect();
        actor.Collect(); // from states that are not zero, and across ends of both kinds
        Assert.Contains(true, rollout.Truncated.ToArray());
        float[] behaviour = new float[rollout.Length];
        LogProbabilities.OfActions(network.Logits(0, rollout.Length), rollout.Actions, behaviour);
        LossStatistics expected = new A2CLearner(network, new Sgd(0), new A2COptions()).ComputeGradients(rollout);
        float[] expectedGradients = network.Gradients.Span.ToArray();

        VTraceLearner learner = new(network, new Sgd(0), new A2COptions(), new VTraceOptions());
        LossStatistics actual = learner.ComputeGradients(rollout, behaviour);

        Assert.Equal(0, learner.ClippedShare);
        Assert.Equal(expected.ValueLoss, actual.ValueLoss, 1e-5);
        Assert.Equal(expected.PolicyLoss, actual.PolicyLoss, 1e-5);
        AssertClose(expectedGradients, network.Gradients.Span, 1e-6, 1e-4);
    }

    [Fact]
    public void ComputeGradients_OffPolicy_IsTheGradientOfTheLossWrittenOutInDouble()
    {
        using ManagedActorCritic network = LinearNetwork();
        Rollout rollout = Rollouts.Draw(Steps, Simulators, seed: 7);
        float[] behaviour = Fill(network, rollout, seed: 8);
        VTraceLearner learner = new(network, new Sgd(0), Options, Traces);
        learner.ComputeGradients(rollout, behaviour);

        LinearReference reference = new(rollout, behaviour, network.Observations(0, (Steps + 1) * Simulators).ToArray(), Actions);
        double[] parameters = [.. network.Parameters.Span.ToArray().Select(parameter => (double)parameter)];
        double[] expected = reference.Gradient(parameters, Traces, Options.Coefficients);
        Assert.Equal(reference.ClippedShare(parameters, Traces), learner.ClippedShare, 1e-9);
        Assert.InRange(learner.ClippedShare, 0.2, 0.8);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], network.Gradients.Span[i], 1e-5 + (1e-4 * Math.Abs(expected[i])));
        }
    }

    [Theory]
    [InlineData(0.25f, 1f, 1, 1)] // π/μ = 2, cut to ρ̄: δ = 1
    [InlineData(1f, 0.5f, 0.5f, 0)] // π/μ = ½: v = A = ½
    public void ComputeGradients_HandWorkedStep_GivesTheSameNumbers(float behaviour, float weight, float target, double clipped)
    {
        // All parameters 0, two actions: π = ½, V = 0. One step, reward 1, terminated. The entropy's gradient is 0 there.
        using ManagedActorCritic network = new(new NetworkSpec("linear", TensorShape.Vector(1), 2, []), capacity: 2);
        network.Observations(0, 2).Fill(1);
        Rollout rollout = new(1, 1);
        (rollout.Rewards[0], rollout.Terminated[0], rollout.Ended[0]) = (1, true, true);
        VTraceLearner learner = new(network, new Sgd(0), new A2COptions(), new VTraceOptions());
        learner.ComputeGradients(rollout, [MathF.Log(behaviour)]);
        Assert.Equal(clipped, learner.ClippedShare);
        Assert.Equal(target, rollout.Returns[0], 1e-6);
        AssertClose([-weight / 2, weight / 2], network.Gradients["policy.bias"], 1e-6, 0); // A (π − 1ₐ)
        AssertClose([-target], network.Gradients["value.bias"], 1e-6, 0); // 2 c_V (V − v)
    }

    [Fact]
    public void Update_SecondTime_AllocatesNothing()
    {
        using ManagedActorCritic network = LinearNetwork();
        Rollout rollout = Rollouts.Draw(Steps, Simulators, seed: 7);
        float[] behaviour = Fill(network, rollout, seed: 8);
        VTraceLearner learner = new(network, new Sgd(0.1), Options, Traces);
        learner.Step(learner.ComputeGradients(rollout, behaviour), 0.1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        learner.Step(learner.ComputeGradients(rollout, behaviour), 0.1);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ComputeGradients_OneLogProbabilityTooFew_Throws()
    {
        using ManagedActorCritic network = LinearNetwork();
        VTraceLearner learner = new(network, new Sgd(0), Options, Traces);
        Assert.Contains("Expected 20", Assert.Throws<ArgumentException>(
            () => learner.ComputeGradients(new Rollout(Steps, Simulators), new float[19])).Message, StringComparison.Ordinal);
    }

    private static ManagedActorCritic LinearNetwork()
    {
        ManagedActorCritic network = new(new NetworkSpec("linear", TensorShape.Vector(Features), Actions, []), (Steps + 1) * Simulators);
        Draw(network.Parameters.Span, new Random(6));
        network.ParametersChanged();
        return network;
    }

    /// <summary>Random observations, actions and log-probabilities of acting, and ends that agree.</summary>
    private static float[] Fill(ManagedActorCritic network, Rollout rollout, int seed)
    {
        Random random = new(seed);
        Draw(network.Observations(0, (Steps + 1) * Simulators), random);
        float[] behaviour = new float[rollout.Length];
        for (int i = 0; i < rollout.Length; i++)
        {
            rollout.Actions[i] = random.Next(Actions);
            rollout.Ended[i] = rollout.Terminated[i] || rollout.Truncated[i];
            behaviour[i] = MathF.Log(0.1f + (0.8f * random.NextSingle()));
        }

        return behaviour;
    }

    private static void Draw(Span<float> elements, Random random)
    {
        foreach (ref float element in elements)
        {
            element = (random.NextSingle() * 2) - 1;
        }
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double absolute, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], (double)actual[i], absolute + (relative * Math.Abs(expected[i])));
        }
    }
}
