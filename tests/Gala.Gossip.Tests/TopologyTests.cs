namespace Gala.Gossip.Tests;

public sealed class TopologyTests
{
    public static TheoryData<string, int> Graphs
    {
        get
        {
            TheoryData<string, int> graphs = [];
            foreach (string name in Topologies.All)
            {
                foreach (int agents in (int[])[1, 2, 3, 4, 5, 6, 8, 13, 16])
                {
                    if (name != Topologies.BipartiteExponential || agents == 1 || agents % 2 == 0)
                    {
                        graphs.Add(name, agents);
                    }
                }
            }

            return graphs;
        }
    }

    public static IEnumerable<object[]> StaticCirculants => Graphs
        .Where(row => row[0] is Topologies.Ring or Topologies.UndirectedRing or Topologies.Exponential or Topologies.Complete);

    [Fact]
    public void Ring_FourAgents_SendsToTheNextAndHearsThePrevious()
    {
        RingTopology ring = new(4);
        Assert.Equal([1, 2, 3, 0], Enumerable.Range(0, 4).Select(agent => ring.OutPeers(agent).ToArray().Single()));
        Assert.Equal([3, 0, 1, 2], Enumerable.Range(0, 4).Select(agent => ring.InPeers(agent).ToArray().Single()));
    }

    [Fact]
    public void Ring_FourAgents_MixesHalfAndHalf()
    {
        double[,] expected = { { 0.5, 0, 0, 0.5 }, { 0.5, 0.5, 0, 0 }, { 0, 0.5, 0.5, 0 }, { 0, 0, 0.5, 0.5 } };
        Assert.Equal(expected, new RingTopology(4).MixingMatrix());
    }

    [Theory]
    [InlineData(1, new int[0])]
    [InlineData(2, new[] { 1 })]
    [InlineData(4, new[] { 1, 2 })]
    [InlineData(5, new[] { 1, 2, 4 })]
    [InlineData(8, new[] { 1, 2, 4 })]
    [InlineData(9, new[] { 1, 2, 4, 8 })]
    public void Exponential_AgentZero_SendsToThePowersOfTwo(int agents, int[] peers) =>
        Assert.Equal(peers, new ExponentialTopology(agents).OutPeers(0).ToArray());

    [Theory]
    [MemberData(nameof(Graphs))]
    public void AnyTopology_EveryAgent_HasPeersInOrderThatKnowEachOther(string name, int agents)
    {
        Topology topology = Topologies.Create(name, agents);
        for (int round = 0; round < topology.Period; round++)
        {
            for (int agent = 0; agent < agents; agent++)
            {
                int[] outPeers = topology.OutPeers(agent, round).ToArray();
                Assert.Equal(outPeers.Where(peer => peer != agent && peer >= 0 && peer < agents).Distinct().Order(), outPeers);
                Assert.Equal(
                    Enumerable.Range(0, agents).Where(peer => topology.OutPeers(peer, round).Contains(agent)), topology.InPeers(agent, round).ToArray());
                Assert.Equal(outPeers, topology.OutPeers(agent, round + (3L * topology.Period)).ToArray());
                Assert.Equal(outPeers, topology.OutPeers(agent, round - topology.Period).ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void AnyTopology_ButALargeStar_KeepsTheMean(string name, int agents) =>
        Assert.Equal(name != Topologies.Star || agents <= 2, Topologies.Create(name, agents).KeepsMean);

    [Theory]
    [MemberData(nameof(Graphs))]
    public void AnyTopology_Asked_AllocatesNothing(string name, int agents)
    {
        Topology topology = Topologies.Create(name, agents);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int peers = 0;
        for (long iteration = 0; iteration < 100; iteration++)
        {
            peers += topology.OutPeers(agents - 1, iteration).Length - topology.InPeers(agents - 1, iteration).Length;
        }

        Assert.Equal((0, 0), (peers, GC.GetAllocatedBytesForCurrentThread() - before));
    }

    [Theory]
    [MemberData(nameof(StaticCirculants))]
    public void ContractionFactor_OfACirculantGraph_IsTheLargestFourierCoefficient(string name, int agents)
    {
        Topology topology = Topologies.Create(name, agents);
        int[] offsets = [0, .. topology.OutPeers(0)];
        double expected = Enumerable.Range(1, agents - 1)
            .Select(mode => offsets.Select(offset => 2 * Math.PI * mode * offset / agents))
            .Select(angles => double.Hypot(angles.Sum(Math.Cos), angles.Sum(Math.Sin)) / offsets.Length)
            .DefaultIfEmpty(0).Max();
        Assert.Equal(expected, topology.ContractionFactor, 1e-12);
        Assert.Equal(1 - expected, topology.SpectralGap, 1e-12);
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(3, 0.5, 1.0)]
    [InlineData(4, 0.7071, 2.41)]
    [InlineData(8, 0.9239, 12.1)]
    [InlineData(16, 0.9808, 51.0)]
    [InlineData(32, 0.9952, 206.7)]
    public void Ring_OfNAgents_ContractsByCosineOfPiOverN(int agents, double contraction, double bound)
    {
        RingTopology ring = new(agents);
        Assert.Equal(contraction, ring.ContractionFactor, 1e-4);
        Assert.Equal(bound, ring.BoundFactor, 0.005 * (1 + bound));
        Assert.Equal(agents == 2 ? 0 : Math.Cos(Math.PI / agents), ring.ContractionFactor, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(32)]
    public void Complete_OfNAgents_AgreesAtOnce(int agents)
    {
        CompleteTopology complete = new(agents);
        Assert.Equal(0, complete.ContractionFactor);
        Assert.Equal(1, complete.SpectralGap);
        Assert.Equal(0, complete.BoundFactor);
    }

    [Fact]
    public void UnequalDegrees_AreFoundNotToKeepTheMean()
    {
        StarTopology star = new(3); // row 0 averages all three, rows 1 and 2 average with the hub
        Assert.False(star.IsDoublyStochastic());
        Assert.Equal(new double[,] { { 1 / 3.0, 1 / 3.0, 1 / 3.0 }, { 0.5, 0.5, 0 }, { 0.5, 0, 0.5 } }, star.MixingMatrix());
        Assert.Equal(LargestGrowth(star.MixingMatrix()), star.ContractionFactor, 1e-9);
    }

    [Fact]
    public void NoEdges_DoNotContract_AndLeaveNoBound()
    {
        EdgelessTopology edgeless = new(3);
        Assert.Equal(1, edgeless.ContractionFactor, 1e-12);
        Assert.Equal(double.PositiveInfinity, edgeless.BoundFactor);
    }

    [Fact]
    public void AlternatingTopology_OverItsPeriod_TakesTheMeanContraction()
    {
        AlternatingPairs pairs = new(); // two perfect matchings: a hypercube, which agrees after both
        Assert.Equal(0, pairs.ContractionFactor);
        Assert.Equal(1, Contraction.Factor(pairs.MixingMatrix(0)), 1e-12);
        Assert.Equal(1, pairs.BoundFactor, 1e-12); // an update is not shrunk by its first round, and gone after its second
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void Peers_OfNoAgent_Throw(int agent)
    {
        RingTopology ring = new(4);
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.OutPeers(agent).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.InPeers(agent).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Create_WithoutAgents_Throws(int agents) =>
        Assert.All(Topologies.All, name => Assert.Throws<ArgumentOutOfRangeException>(() => Topologies.Create(name, agents)));

    [Theory]
    [InlineData("torus", "There is no topology 'torus'; choose one of ring, undirected-ring, exponential, one-peer-exponential, bipartite-exponential, random-regular, star, complete.")]
    [InlineData("ring:degree=2", "Topology 'ring:degree=2': ring has no setting 'degree'; leave it out.")]
    [InlineData("random-regular:degree", "Topology 'random-regular:degree': expected settings such as degree=3, not 'degree'.")]
    [InlineData("random-regular:degree=-1", "Topology 'random-regular:degree=-1': expected settings such as degree=3, not 'degree=-1'.")]
    [InlineData("random-regular:seed=1:seed=2", "Topology 'random-regular:seed=1:seed=2': seed is given twice; keep one.")]
    [InlineData("random-regular:degree=5", "random-regular: degree must be from 1 to 4 with 5 agents, not 5.")]
    [InlineData("random-regular:degree=0", "random-regular: degree must be from 1 to 4 with 5 agents, not 0.")]
    [InlineData("bipartite-exponential", "bipartite-exponential pairs odd agents with even ones and needs an even number of them, not 5; take one more or less.")]
    public void Create_BadName_SaysInOneLineWhatWouldDo(string name, string expected) =>
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => Topologies.Create(name, 5)).Message);

    [Fact]
    public void Create_EveryKnownName_GivesATopologyThatItsNameGivesAgain() => Assert.All(Topologies.All, name =>
    {
        Topology topology = Topologies.Create(name, 4);
        Assert.StartsWith(name, topology.Name, StringComparison.Ordinal);
        Assert.Equal(topology.GetType(), Topologies.Create(topology.Name, 4).GetType());
    });

    private static double LargestGrowth(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        double[] vector = [.. Enumerable.Range(0, size).Select(i => Math.Sin(i + 1))];
        double growth = 0;
        for (int iteration = 0; iteration < 200; iteration++)
        {
            double[] mixed = Centre([.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Sum(j => matrix[i, j] * vector[j]))]);
            growth = Math.Sqrt(mixed.Sum(x => x * x) / vector.Sum(x => x * x));
            double[] back = [.. Enumerable.Range(0, size).Select(j => Enumerable.Range(0, size).Sum(i => matrix[i, j] * mixed[i]))];
            double norm = Math.Sqrt(back.Sum(x => x * x));
            vector = [.. back.Select(x => x / norm)];
        }

        return growth;
    }

    private static double[] Centre(double[] vector) => [.. vector.Select(x => x - vector.Average())];

    private sealed class EdgelessTopology(int agents) : Topology("edgeless", agents)
    {
        public override ReadOnlySpan<int> OutPeers(int agent, long iteration = 0) => [];

        public override ReadOnlySpan<int> InPeers(int agent, long iteration = 0) => [];
    }

    private sealed class AlternatingPairs() : Topology("pairs", agents: 4)
    {
        private readonly int[][] _peers = [[1], [0], [3], [2], [2], [3], [0], [1]];

        public override int Period => 2;

        public override ReadOnlySpan<int> OutPeers(int agent, long iteration = 0) => _peers[((iteration % 2) * 4) + agent];

        public override ReadOnlySpan<int> InPeers(int agent, long iteration = 0) => OutPeers(agent, iteration);
    }
}
