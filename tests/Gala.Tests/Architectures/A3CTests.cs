using Gala.Architectures;
using Gala.Environments;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;
using Gala.Runs;
using Gala.Tests.Scheduling;

namespace Gala.Tests.Architectures;

public sealed class A3CTests
{
    private const int Steps = 5;
    private const double Rate = 1e-3;

    [Fact]
    public void OneWorker_IsA2CToTheBit()
    {
        using AgentGroup a3c = AgentFactory.Create(Workers(1), _ => { });
        using AgentGroup a2c = AgentFactory.Create(Workers(1) with { Architecture = "a2c" }, _ => { });

        Loops.Run(a3c.Agents, updates: 40);
        Loops.Run(a2c.Agents, updates: 40);

        Assert.Equal(Loops.Parameters(a2c.Agents[0]), Loops.Parameters(a3c.Agents[0]));
        Assert.Equal(0, a3c.Gauges.Single(gauge => gauge.Name == "largestPolicyLag").Read());
    }

    [Fact]
    public void AWorkerThatWasOvertaken_AppliesItsOldGradientToTheNewParametersAndSharedStatistics()
    {
        using RmsProp statistics = Optimizer();
        using ActorLearner firstBlocks = Blocks(0, CartPole(), statistics.ShareStatistics());
        using SharedParameters shared = new(firstBlocks.Network.Parameters.Layout, LearningRateSchedule.Constant(Rate));
        A3C first = new(0, firstBlocks, shared);
        Overtaken simulator = new(CartPole(), () => first.MakeTurn());
        using ActorLearner secondBlocks = Blocks(1, simulator, statistics.ShareStatistics());
        A3C second = new(1, secondBlocks, shared);
        firstBlocks.Network.Parameters.Span.CopyTo(shared.Vector.Span);
        float[] expected = shared.Vector.Span.ToArray();

        second.MakeTurn(); // in whose middle the first makes its whole update

        using RmsProp alone = Optimizer();
        foreach (int rank in (int[])[0, 1])
        {
            float[] gradient = GradientAtTheStart(rank);
            double norm = Math.Sqrt(Kernels.SumOfSquares(gradient));
            alone.Step(gradient, expected, GradientClipping.Scale(norm, new A2COptions().MaxGradientNorm));
        }

        Assert.Equal(expected, shared.Vector.Span.ToArray());
        Assert.Equal(alone.State("rmsprop.meanSquare").ToArray(), statistics.State("rmsprop.meanSquare").ToArray());
        Assert.Equal(2, shared.Version);
        Assert.Equal(1, shared.Lag.Largest);
        Assert.Equal(0.5, shared.Lag.Mean);
    }

    [Fact]
    public void LearningRate_OneWorkerAlone_FallsForAllByTheSharedCount()
    {
        RunOptions options = Workers(2) with { LearningRateSchedule = "linear" };
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        long updates = options.Frames / group.FramesPerUpdate;

        for (int update = 0; update < 3; update++)
        {
            group.Agents[0].MakeTurn();
        }

        Assert.All(group.Agents, agent => Assert.Equal(options.LearningRate!.Value * (1 - (3.0 / updates)), agent.LearningRate, 1e-12));
    }

    [Fact]
    public void LoadState_OfUnevenWorkers_RestoresTheSharedCount()
    {
        RunOptions options = Workers(2) with { LearningRateSchedule = "linear" };
        using AgentGroup trained = AgentFactory.Create(options, _ => { });
        using AgentGroup restored = AgentFactory.Create(options, _ => { });
        foreach (int rank in (int[])[0, 0, 1])
        {
            trained.Agents[rank].MakeTurn();
        }

        foreach ((IAgent from, IAgent to) in trained.Agents.Zip(restored.Agents))
        {
            using MemoryStream state = new();
            using BinaryWriter writer = new(state);
            from.SaveState(writer);
            state.Position = 0;
            using BinaryReader reader = new(state);
            to.LoadState(reader);
        }

        Assert.Equal(trained.Agents[0].LearningRate, restored.Agents[0].LearningRate);
        Assert.True(restored.Agents[0].LearningRate < options.LearningRate);
    }

    [Fact]
    public void SeveralWorkersAtOnce_CountEveryUpdateAndStayFinite()
    {
        using AgentGroup group = AgentFactory.Create(Workers(4), _ => { });

        Loops.Run(group.Agents, updates: 100);

        Assert.Equal(400, group.Updates);
        Assert.All(group.Agents, agent => Assert.True(Kernels.AllFinite(agent.Parameters.Span)));
        Assert.All(group.Agents, agent => Assert.Equal(Loops.Parameters(group.Agents[0]), Loops.Parameters(agent)));
        Assert.InRange(group.Gauges.Single(gauge => gauge.Name == "policyLag").Read()!.Value, 0, 399);
    }

    [Fact]
    public void Iterate_OnceWarm_AllocatesNothing()
    {
        using AgentGroup group = AgentFactory.Create(Workers(1), _ => { });
        Allocations.AssertNone(() => group.Agents[0].MakeTurn());
    }

    private static RunOptions Workers(int count) =>
        SmallRuns.Options(new RunOptions { Architecture = "a3c", Agents = count, Frames = 20_000, Seed = 7, EpsilonPlace = "inside" });

    private static float[] GradientAtTheStart(int rank)
    {
        using ActorLearner blocks = Blocks(rank, CartPole(), Optimizer());
        blocks.Collect();
        blocks.ComputeGradients();
        return blocks.Network.Gradients.Span.ToArray();
    }

    private static RmsProp Optimizer() => new(CreateSpec().Layout.Length, Rate, epsilonPlace: EpsilonPlace.InsideRoot);

    private static IEnvironment CartPole() => EnvironmentRegistry.Default.Create("classic/cartpole");

    private static NetworkSpec CreateSpec() => NetworkPresets.Create("mlp", CartPole().Spec.Observation, CartPole().Spec.Actions);

    private static ActorLearner Blocks(int rank, IEnvironment simulator, IOptimizer optimizer)
    {
        NetworkSpec spec = CreateSpec();
        ManagedActorCritic network = new(spec, Actor.RowsFor(Steps, 1));
        NetworkInitialization.Orthogonal(spec, network.Parameters, seed: 7);
        network.ParametersChanged();
        SimulatorBatch simulators = new([simulator], seed: 7, firstSimulator: rank);
        return new ActorLearner(network, simulators, Steps, optimizer, new A2COptions(), LearningRateSchedule.Constant(Rate), seed: 7, rank);
    }

    /// <summary>An environment in whose third step something happens.</summary>
    private sealed class Overtaken(IEnvironment inner, Action happens) : IEnvironment
    {
        private int _steps;

        public EnvironmentSpec Spec => inner.Spec;

        public void Reset(Span<float> observation) => inner.Reset(observation);

        public void Reset(ulong seed, Span<float> observation) => inner.Reset(seed, observation);

        public StepResult Step(int action, Span<float> observation)
        {
            if (++_steps == 3)
            {
                happens();
            }

            return inner.Step(action, observation);
        }
    }
}
