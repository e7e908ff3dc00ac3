using Gala.Architectures;
using Gala.Environments;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;
using Gala.Runs;
using Gala.Tests.Scheduling;

namespace Gala.Tests.Architectures;

public sealed class GalaA2CTests
{
    private const int Updates = 40;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OneAgent_AnyGossip_IsA2CToTheBit(bool deterministic)
    {
        using AgentGroup gala = AgentFactory.Create(SmallRuns.Gala(agents: 1, deterministic), _ => { });
        using AgentGroup a2c = AgentFactory.Create(SmallRuns.A2C() with { LearningRate = gala.Agents[0].LearningRate }, _ => { });

        Loops.Run(gala.Agents, Updates);
        Loops.Run(a2c.Agents, Updates);

        Assert.Equal(Loops.Parameters(a2c.Agents[0]), Loops.Parameters(gala.Agents[0]));
    }

    [Fact]
    public void LockStep_TwoRuns_SameBitsWhateverTheScheduling()
    {
        float[][] first = LockStepParameters(jitter: null);
        float[][] second = LockStepParameters(jitter: new Random(3));

        Assert.Equal(first, second);
        Assert.NotEqual(first[0], first[1]); // the agents learn from simulators of their own
    }

    [Fact]
    public void LockStep_LearningRateZeroFromDifferentStarts_KeepsTheMeanAndShrinksByCosineOfPiOverN()
    {
        const int Agents = 4;
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(Agents, deterministic: true) with { LearningRate = 0 }, _ => { });
        SetToSlowestMode(group);
        double[] before = Distances(group, out double meanBefore);

        Loops.Run(group.Agents, updates: 3);

        double[] after = Distances(group, out double meanAfter);
        Assert.Equal(meanBefore, meanAfter, 1e-6);
        double shrinkage = Math.Sqrt(after.Sum(x => x * x) / before.Sum(x => x * x));
        Assert.Equal(Math.Pow(Math.Cos(Math.PI / Agents), 3), shrinkage, 1e-5);
    }

    [Fact]
    public void CompleteGraphInLockStepWithPlainDescent_EqualsA2COnTheUnionOfTheBatches()
    {
        const int Agents = 3, Simulators = 4, Rounds = 5;
        using LockStepGossip gossip = new(new CompleteTopology(Agents), PlainLearner(1, 0).Network.Parameters.Length);
        GalaA2C[] agents = [.. Enumerable.Range(0, Agents).Select(rank =>
            new GalaA2C(rank, PlainLearner(Simulators, rank * Simulators), gossip.Agent(rank)))];
        A2C union = new(0, PlainLearner(Agents * Simulators, 0), new NoGossip());

        Loops.Run(agents, Rounds);
        Loops.Run([union], Rounds);

        // The mean of three gradients of means over 4 simulators is the gradient of the mean over 12, but for the order of summation.
        float[] expected = Loops.Parameters(union);
        foreach (GalaA2C agent in agents)
        {
            float[] actual = Loops.Parameters(agent);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 2e-6f + (1e-5f * MathF.Abs(expected[i])));
            }
        }

        Array.ForEach(agents, agent => agent.Dispose());
        union.Dispose();
    }

    [Theory]
    [InlineData("minatar")]
    [InlineData("minatar-lstm")]
    public void Iterate_AThousandUpdatesOnceWarm_AllocateNothing(string network)
    {
        using AgentGroup group = AgentFactory.Create(
            SmallRuns.Options(new RunOptions { Network = network, Rollout = 5, Agents = 1, Frames = 20_000, Seed = 7 }), _ => { });
        Allocations.AssertNone(() => group.Agents[0].MakeTurn());
    }

    [Fact]
    public void Iterate_AThousandUpdatesOfGossipingAgents_AllocateNothing()
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 2, deterministic: false), _ => { });
        using ThreadLocal<ThreadAllocations> threads = new(() => new ThreadAllocations(), trackAllValues: true);

        Loops.Run(group.Agents, updates: 1_050, _ => threads.Value!.CountTurn());

        Assert.True(threads.Values.Sum(thread => thread.Turns) >= 2_100);
        Assert.Equal(0, threads.Values.Max(thread => thread.Least));
        Assert.All(group.Agents, agent => Assert.True(agent.Gossip.Statistics.Mixes > 0));
    }

    private static float[][] LockStepParameters(Random? jitter)
    {
        using AgentGroup group = AgentFactory.Create(SmallRuns.Gala(agents: 3, deterministic: true), _ => { });
        Loops.Run(group.Agents, Updates, _ =>
        {
            if (jitter is not null)
            {
                lock (jitter)
                {
                    Thread.SpinWait(jitter.Next(20_000)); // another schedule than the undisturbed one
                }
            }
        });
        return [.. group.Agents.Select(Loops.Parameters)];
    }

    /// <summary>Coordinate by coordinate the Fourier mode that a ring forgets most slowly, cos(2πi/n), around a mean of one.</summary>
    private static void SetToSlowestMode(AgentGroup group)
    {
        foreach (IAgent agent in group.Agents)
        {
            agent.Parameters.Span.Fill(1 + (float)(0.1 * Math.Cos(2 * Math.PI * agent.Rank / group.Agents.Count)));
            agent.ParametersChanged();
        }
    }

    private static double[] Distances(AgentGroup group, out double mean)
    {
        double[] means = new double[group.Agents[0].Parameters.Length];
        foreach (IAgent agent in group.Agents)
        {
            for (int i = 0; i < means.Length; i++)
            {
                means[i] += agent.Parameters.Span[i] / (double)group.Agents.Count;
            }
        }

        mean = means.Average();
        return [.. group.Agents.Select(agent =>
        {
            double sum = 0;
            for (int i = 0; i < means.Length; i++)
            {
                double difference = agent.Parameters.Span[i] - means[i];
                sum += difference * difference;
            }

            return Math.Sqrt(sum);
        })];
    }

    private static ActorLearner PlainLearner(int simulators, int firstSimulator)
    {
        const int Steps = 5;
        SimulatorBatch batch = SimulatorBatch.Create("minatar/breakout", simulators, seed: 7, firstSimulator);
        NetworkSpec spec = NetworkPresets.Create("minatar", batch.Spec.Observation, batch.Spec.Actions);
        ManagedActorCritic network = new(spec, Actor.RowsFor(Steps, simulators));
        NetworkInitialization.Orthogonal(spec, network.Parameters, seed: 7);
        network.ParametersChanged();
        A2COptions options = new() { MaxGradientNorm = double.PositiveInfinity };
        return new ActorLearner(
            network, batch, Steps, new Sgd(0.05), options, LearningRateSchedule.Constant(0.05), seed: 7, firstSimulator);
    }
}
