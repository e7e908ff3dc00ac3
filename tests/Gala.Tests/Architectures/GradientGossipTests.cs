using Gala.Architectures;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Architectures;

public sealed class GradientGossipTests
{
    private static readonly RunOptions ByGradients = new() { Frames = 20_000, Seed = 7, GossipGradients = true };

    [Theory]
    [InlineData(1, "ring")]
    [InlineData(2, "ring")]
    [InlineData(2, "complete")]
    public void LockStep_OneOrTwoAgents_AreA2CToTheBit(int agents, string topology)
    {
        (float[][] gala, float[] a2c, _) = Train(agents, topology, updates: 40);
        Assert.All(gala, parameters => Assert.Equal(a2c, parameters)); // statistics, clipping and all
    }

    [Fact]
    public void LockStep_CompleteGraph_FollowsA2CButForTheOrderOfSummation()
    {
        (float[][] gala, float[] a2c, float[] start) = Train(agents: 4, "complete", updates: 6);
        double moved = Distance(a2c, start);
        Assert.All(gala, parameters => Assert.InRange(Distance(parameters, a2c), 0, 0.02 * moved));

        (float[][] byParameters, _, _) = Train(agents: 4, "complete", updates: 6, gradients: false);
        Assert.All(byParameters, parameters => Assert.True(Distance(parameters, a2c) > 0.1 * moved));
    }

    [Fact]
    public void LockStep_Ring_TracksTheMeanSquaresOfA2C()
    {
        const int Agents = 4, Updates = 150;
        RunOptions options = SmallRuns.Options(ByGradients with { Agents = Agents, Deterministic = true, LearningRate = 1e-9, MaxGradientNorm = 0 }); // the same policy all along
        double expected = MeanSquares(options with { Architecture = "a2c", GossipGradients = false });
        double byGradients = MeanSquares(options);
        double byParameters = MeanSquares(options with { GossipGradients = false });
        Assert.InRange(byGradients / expected, 0.95, 1.05);
        Assert.True(byParameters > 1.5 * expected, "The case tells nothing: there is no noise.");

        static double MeanSquares(RunOptions options)
        {
            using AgentGroup group = AgentFactory.Create(options, _ => { });
            Loops.Run(group.Agents, Updates);
            return group.Agents.Average(agent => agent.Optimizer.State("rmsprop.meanSquare").ToArray().Sum(square => (double)square));
        }
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("undirected-ring")]
    [InlineData("complete")]
    public void LockStep_AnyUpdate_LeavesAgentsInTheBallOfStepsAfterAMix(string topology)
    {
        RunOptions options = SmallRuns.Options(ByGradients with { Agents = 4, Topology = topology, Deterministic = true });
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        for (int round = 0; round < 5; round++)
        {
            Loops.Run(group.Agents, updates: 1);
            ConsensusMonitor monitor = new(group.Topology!, stepsAfterMix: group.StepsAfterMix);
            for (int rank = 0; rank < 4; rank++)
            {
                monitor.RecordUpdate(rank, group.Agents[rank].Progress.LargestUpdateNorm);
            }

            double disagreement = Math.Sqrt(monitor.Measure(rank => group.Agents[rank].Parameters.Span).Distances.Sum(distance => distance * distance));
            Assert.InRange(disagreement, 0, monitor.Bound);
            Assert.Equal((1 + group.Topology!.BoundFactor) * 2 * monitor.LargestUpdateNorm, monitor.Bound, 1e-9);
        }
    }

    [Theory]
    [InlineData(MessageFormat.Exact, false)]
    [InlineData(MessageFormat.BFloat16, false)]
    [InlineData(MessageFormat.Exact, true)]
    public void Exchange_ThreeMessages_GivesMeansAndWeightsOfWhatWasMixed(MessageFormat format, bool pushSum)
    {
        using Rig rig = new(agents: 4, new CompleteTopology(4), format, pushSum);
        for (int rank = 1; rank < 4; rank++)
        {
            rig.Publish(rank, parameter: rank, square: 2 * rank, gradient: 4 * rank, mark: rank, weight: 0.25);
        }

        rig.Fill(parameter: 0, square: 0, gradient: 0);
        Assert.True(rig.Exchange(1).Mixed);
        Assert.Equal((1.5f, 3f), (rig.Parameters[0], rig.MeanSquares[^1]));
        SampledGradient sample = rig.Sample();
        Assert.Equal(6f, sample.Mean[0]);
        Assert.True(sample.IsOfAll);
        Assert.Equal(0.25, sample.OwnWeight, format == MessageFormat.Exact ? 1e-7 : 1e-4); // numbers are rounded between two messages
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(3e38f)]
    public void Exchange_OwnGradientIsNotFinite_SendsNoneAndStepsByTheOthers(float poison)
    {
        using Rig rig = new(agents: 4, new RingTopology(4), MessageFormat.Exact, pushSum: false);
        rig.Publish(3, parameter: 2, square: 4, gradient: 6, mark: 3, weight: 1);
        rig.Fill(parameter: 0, square: 0, gradient: poison);
        Assert.True(rig.Exchange(1).Mixed);
        Assert.Equal((1f, 2f, 6f, true, false), (rig.Parameters[0], rig.MeanSquares[0], rig.Sample().Mean[0], rig.Gradients.HasGradient, rig.Gradients.IsSound));
        Assert.Equal(0.25, rig.Sample().MeanFactor); // one gradient of four

        float[] sent = rig.Receive(1);
        Assert.All(sent[rig.Layout.Gradient..], element => Assert.Equal(0, element));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exchange_OfAllAndOneWithoutAGradient_StepsByTheMeanOfTheOthersAsIfTheyWereAll(bool ownIsPoisoned)
    {
        using Rig rig = new(agents: 4, new CompleteTopology(4), MessageFormat.Exact, pushSum: false, isOfAll: true);
        rig.Publish(1, parameter: 4, square: 0, gradient: 3, mark: 1, weight: 1);
        rig.Publish(2, parameter: 8, square: 0, gradient: 9, mark: 2, weight: 1);
        rig.Publish(3, parameter: 0, square: 0, gradient: ownIsPoisoned ? 6 : 0, mark: ownIsPoisoned ? 3 : null, weight: 1);
        rig.Fill(parameter: 0, square: 5, gradient: ownIsPoisoned ? float.NaN : 6);

        Assert.True(rig.Exchange(1).Mixed);

        SampledGradient sample = rig.Sample();
        Assert.Equal((3f, 5f, true), (rig.Parameters[0], rig.MeanSquares[0], sample.IsOfAll));
        Assert.Equal(6, sample.Mean[0], 1e-5f);
        Assert.Equal(6, sample.Mean[^1], 1e-5f);
    }

    [Fact]
    public void Exchange_NobodysGradientIsFinite_LeavesNoneToStepBy()
    {
        using Rig rig = new(agents: 4, new RingTopology(4), MessageFormat.Exact, pushSum: false);
        rig.Publish(3, parameter: 2, square: 4, gradient: 0, mark: null, weight: 1);
        rig.Fill(parameter: 0, square: 0, gradient: float.NaN);
        Assert.True(rig.Exchange(1).Mixed);
        Assert.Equal((1f, false), (rig.Parameters[0], rig.Gradients.HasGradient));
    }

    [Fact]
    public void Exchange_NothingCame_LeavesTheOwnGradientAsTheSample()
    {
        using Rig rig = new(agents: 4, new RingTopology(4), MessageFormat.Exact, pushSum: false);
        rig.Fill(parameter: 1, square: 2, gradient: 3);
        Assert.False(rig.Exchange(1).Mixed);
        SampledGradient sample = rig.Sample();
        Assert.Equal((1f, 2f, 3f), (rig.Parameters[0], rig.MeanSquares[0], sample.Mean[0]));
        Assert.Equal((1, 0.25, 0), (sample.OwnWeight, sample.MeanFactor, sample.CrossFactor));
    }

    [Fact]
    public void Exchange_ParametersOfAnotherNetwork_Throws()
    {
        using Rig rig = new(agents: 4, new RingTopology(4), MessageFormat.Exact, pushSum: false);
        Assert.Throws<ArgumentException>(() => rig.Gossip.Exchange(new float[Rig.Length], 1));
    }

    [Theory]
    [InlineData("star", "every", false)]
    [InlineData("ring", "every=2", true)]
    public void Iterate_GossipingAgentsOnceWarm_AllocateNothing(string topology, string gossip, bool deterministic)
    {
        using AgentGroup group = AgentFactory.Create(
            SmallRuns.Options(ByGradients with { Agents = 3, Topology = topology, Gossip = gossip, Deterministic = deterministic }), _ => { });
        using ThreadLocal<ThreadAllocations> threads = new(() => new ThreadAllocations(), trackAllValues: true);

        Loops.Run(group.Agents, updates: 450, _ => threads.Value!.CountTurn());

        Assert.True(threads.Values.Sum(thread => thread.Turns) >= 1_350);
        Assert.Equal(0, threads.Values.Max(thread => thread.Least));
        Assert.All(group.Agents, agent => Assert.True(agent.Gossip.Statistics.Mixes > 0));
    }

    [Theory]
    [InlineData("complete", 4, false)]
    [InlineData("ring", 2, false)] // of two, the ring is complete
    [InlineData("ring", 4, true)]
    [InlineData("exponential", 4, true)]
    [InlineData("star", 3, true)]
    public void For_AGraph_LetsMeanSquaresTravelUnlessEverybodyHearsEverybody(string topology, int agents, bool travel)
    {
        GradientMessage layout = GradientMessage.For(Topologies.Create(topology, agents), parameters: 37);
        Assert.Equal(travel, !layout.IsOfAll);
        Assert.Equal(travel ? (96, 144 + agents) : (48, 96 + agents), (layout.Gradient, layout.Length)); // parts of 48 = 37 and padding to 16
    }

    private static (float[][] Gala, float[] A2C, float[] Start) Train(int agents, string topology, int updates, bool gradients = true)
    {
        RunOptions options = SmallRuns.Options(ByGradients with { Agents = agents, Topology = topology, Deterministic = true, GossipGradients = gradients });
        using AgentGroup gala = AgentFactory.Create(options, _ => { });
        using AgentGroup a2c = AgentFactory.Create(options with { Architecture = "a2c", GossipGradients = false }, _ => { });
        float[] start = Loops.Parameters(a2c.Agents[0]);
        Loops.Run(gala.Agents, updates);
        Loops.Run(a2c.Agents, updates);
        return ([.. gala.Agents.Select(Loops.Parameters)], Loops.Parameters(a2c.Agents[0]), start);
    }

    private static double Distance(float[] one, float[] other) => Math.Sqrt(Kernels.SquaredDistance(one, other));

    /// <summary>Agent 0 of a graph with a network of a few parameters, and the ends of its in-peers.</summary>
    private sealed class Rig : IDisposable
    {
        private readonly ManagedActorCritic _network;
        private readonly RmsProp _optimizer;
        private readonly MailboxTransport _transport;
        private readonly GradientMessage _layout;

        public Rig(int agents, Topology topology, MessageFormat format, bool pushSum, bool isOfAll = false)
        {
            NetworkSpec spec = NetworkPresets.Create("mlp", TensorShape.Vector(4), actions: 2);
            _network = new ManagedActorCritic(spec, capacity: 1);
            _optimizer = new RmsProp(Length, 0.1);
            _layout = new GradientMessage(Length, agents, isOfAll);
            _transport = new MailboxTransport(topology, _layout.Length, format);
            Gradients = new GradientExchange(_network, _optimizer, 0, _layout, format);
            Gossip = new GradientGossip(pushSum ? new PushSumAgent(_transport, 0) : new GossipAgent(_transport, 0), Gradients);
        }

        public static int Length { get; } = NetworkPresets.Create("mlp", TensorShape.Vector(4), actions: 2).Layout.Length;

        public GradientMessage Layout => _layout;

        public GradientExchange Gradients { get; }

        public GradientGossip Gossip { get; }

        public Span<float> Parameters => _network.Parameters.Span;

        public Span<float> MeanSquares => _optimizer.State("rmsprop.meanSquare");

        public void Fill(float parameter, float square, float gradient)
        {
            Parameters.Fill(parameter);
            MeanSquares.Fill(square);
            _network.Gradients.Span.Fill(gradient);
        }

        public void Publish(int rank, float parameter, float square, float gradient, int? mark, double weight)
        {
            float[] message = new float[_layout.Length];
            message.AsSpan(0, Length).Fill(parameter);
            if (!_layout.IsOfAll)
            {
                message.AsSpan(_layout.MeanSquares, Length).Fill(square);
            }

            message.AsSpan(_layout.Gradient, Length).Fill(gradient);
            if (mark is { } place)
            {
                message[_layout.Marks + place] = 1;
            }

            _transport.Endpoint(rank).Publish(message, 1, weight);
        }

        public float[] Receive(int rank)
        {
            Assert.True(_transport.Endpoint(rank).TryReceive(0));
            return _transport.Endpoint(rank).Received(0).Parameters.ToArray();
        }

        public GossipResult Exchange(long update)
        {
            _ = Gradients.Begin();
            return Gossip.Exchange(Parameters, update);
        }

        public SampledGradient Sample() => Gradients.Sample();

        public void Dispose()
        {
            Gradients.Dispose();
            _optimizer.Dispose();
            _network.Dispose();
            _transport.Dispose();
        }
    }
}
