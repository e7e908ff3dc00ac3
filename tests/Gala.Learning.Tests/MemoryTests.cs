using Gala.Environments;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Learning.Tests;

/// <summary>Who carries a network's memory where.</summary>
public class MemoryTests
{
    private const int Steps = 4, Simulators = 3;

    // The network counts an episode's steps. Simulator 0 terminates after 3 of them, in the middle of the first rollout, 1 is
    // truncated after 4, at its edge, and 2 goes on.
    [Fact]
    public void Collect_EpisodesEndInTheMiddleAndAtTheEdge_RemembersEachFromItsStart()
    {
        using ManagedActorCritic network = Counter();
        Rollout rollout = new(Steps, Simulators);
        SimulatorBatch simulators = new([new Lasting(3, truncates: false), new Lasting(4, truncates: true), new Lasting(99, truncates: false)], seed: 1);
        Actor actor = new(network, simulators, rollout, seed: 1, firstSimulator: 0);

        actor.Collect();
        AssertCounts([1, 1, 1, 2, 2, 2, 3, 3, 3, 1, 4, 4], rollout.Values);
        AssertCounts([2, 1, 5], rollout.BootstrapValues);
        AssertCounts([5], rollout.TruncationValues.Slice((3 * Simulators) + 1, 1));
        Assert.Equal([false, false, false, false, false, false, true, false, false, false, true, false], rollout.Ended.ToArray());

        actor.Collect();
        AssertCounts([2, 1, 5, 3, 2, 6, 1, 3, 7, 2, 4, 8], rollout.Values);
        AssertCounts([3, 1, 9], rollout.BootstrapValues);
    }

    [Fact]
    public void LoadState_AfterSomeRollouts_GoesOnWithTheSameBits()
    {
        Rollout first = new(Steps, Simulators), second = new(Steps, Simulators);
        using ManagedActorCritic network = CartPoleNetwork(), other = CartPoleNetwork();
        Actor actor = new(network, SimulatorBatch.Create("classic/cartpole", Simulators, seed: 3), first, seed: 3, firstSimulator: 0);
        Actor restored = new(other, SimulatorBatch.Create("classic/cartpole", Simulators, seed: 3), second, seed: 3, firstSimulator: 0);
        Collect(actor, rollouts: 9);
        using MemoryStream memory = new();
        actor.SaveState(new BinaryWriter(memory));
        memory.Position = 0;
        restored.LoadState(new BinaryReader(memory));
        Collect(actor, rollouts: 9);
        Collect(restored, rollouts: 9);
        Assert.Equal(first.Values.ToArray(), second.Values.ToArray());
        Assert.Equal(first.BootstrapValues.ToArray(), second.BootstrapValues.ToArray());
        Assert.Equal(first.Actions.ToArray(), second.Actions.ToArray());
    }

    [Fact]
    public void Update_NetworkWithMemory_LearnsThroughItButNotAcrossEpisodes()
    {
        const int LongSteps = 40;
        Rollout rollout = new(LongSteps, Simulators);
        using ManagedActorCritic network = CartPoleNetwork(LongSteps);
        Actor actor = new(network, SimulatorBatch.Create("classic/cartpole", Simulators, seed: 3), rollout, seed: 3, firstSimulator: 0);
        A2CLearner learner = new(network, new Sgd(0), new A2COptions());
        actor.Collect();
        Assert.Contains(true, rollout.Ended.ToArray());
        learner.Update(rollout, learningRate: 0);
        float[] gradients = network.Gradients.Span.ToArray();
        network.Backward(0, LongSteps, Simulators, rollout.Ended);
        Assert.Equal(network.Gradients.Span.ToArray(), gradients);
        network.Backward(0, LongSteps, Simulators, new bool[rollout.Length]);
        Assert.NotEqual(network.Gradients.Span.ToArray(), gradients);
    }

    private static void Collect(Actor actor, int rollouts)
    {
        for (int i = 0; i < rollouts; i++)
        {
            actor.Collect();
        }
    }

    // All gates are open: a step adds 0.1 to the cell, and the value is tanh of it.
    private static ManagedActorCritic Counter()
    {
        ManagedActorCritic network = new(
            new NetworkSpec("counter", TensorShape.Vector(1), 2, [], new LstmSpec(1)), Actor.RowsFor(Steps, Simulators));
        ((ReadOnlySpan<float>)[100, 100, (float)Math.Atanh(0.1), 100]).CopyTo(network.Parameters["lstm.bias"]);
        network.Parameters["value.weight"].Fill(1);
        network.ParametersChanged();
        return network;
    }

    private static ManagedActorCritic CartPoleNetwork(int steps = Steps)
    {
        NetworkSpec spec = NetworkPresets.Create("mlp-lstm", TensorShape.Vector(4), 2);
        ManagedActorCritic network = new(spec, Actor.RowsFor(steps, Simulators));
        NetworkInitialization.Orthogonal(spec, network.Parameters, seed: 3);
        network.ParametersChanged();
        return network;
    }

    private static void AssertCounts(int[] expected, ReadOnlySpan<float> values)
    {
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(Math.Tanh(0.1 * expected[i]), values[i], 1e-6);
        }
    }

    /// <summary>Episodes of a fixed length; nothing to see or to win.</summary>
    private sealed class Lasting(int length, bool truncates) : IEnvironment
    {
        private int _step;

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/lasting", Observation = TensorShape.Vector(1), Actions = 2 };

        public void Reset(Span<float> observation)
        {
            _step = 0;
            observation.Clear();
        }

        public void Reset(ulong seed, Span<float> observation) => Reset(observation);

        public StepResult Step(int action, Span<float> observation) =>
            new(0, ++_step == length && !truncates, _step == length && truncates);
    }
}
