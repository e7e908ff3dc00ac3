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
                    graphs.Add(name, agents);
                }
            }

            return graphs;
        }
    }

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
        for (int agent = 0; agent < agents; agent++)
        {
            int[] outPeers = topology.OutPeers(agent).ToArray();
            Assert.Equal(outPeers.Where(peer => peer != agent && peer >= 0 && peer < agents).Distinct().Order(), outPeers);
            Assert.All(outPeers, peer => Assert.Contains(agent, topology.InPeers(peer).ToArray()));
            Assert.Equal(Enumerable.Range(0, agents).Where(peer => topology.OutPeers(peer).Contains(agent)), topology.InPeers(agent).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void AnyTopology_OfEqualDegrees_IsDoublyStochastic(string name, int agents) =>
        Assert.True(Topologies.Create(name, agents).IsDoublyStochastic());

    [Theory]
    [MemberData(nameof(Graphs))]
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
        Assert.True(star.IsRowStochastic());
        Assert.False(star.IsColumnStochastic());
        Assert.False(star.IsDoublyStochastic());
        Assert.Equal(LargestGrowth(star.MixingMatrix()), star.ContractionFactor, 1e-9);
    }

    [Fact]
    public void NoEdges_DoNotContract_AndLeaveNoBound()
    {
        EdgelessTopology edgeless = new(3);
        Assert.Equal(1, edgeless.ContractionFactor, 1e-12);
        Assert.True(edgeless.BoundFactor > 1e12);
    }

    [Fact]
    public void AlternatingTopology_OverItsPeriod_TakesTheMeanContraction()
    {
        AlternatingPairs pairs = new(); // two perfect matchings: a hypercube, which agrees after both
        Assert.Equal(0, pairs.ContractionFactor);
        Assert.Equal(1, Contraction.Factor(pairs.MixingMatrix(0)), 1e-12);
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

    [Fact]
    public void Create_UnknownName_SaysInOneLineWhatThereIs()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Topologies.Create("torus", 4));
        Assert.Equal("There is no topology 'torus'; choose one of ring, exponential, complete.", error.Message);
    }

    [Fact]
    public void Create_EveryKnownName_GivesTheTopologyOfThatName() =>
        Assert.All(Topologies.All, name => Assert.Equal(name, Topologies.Create(name, 3).Name));

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

    private sealed class StarTopology(int agents) : Topology("star", agents)
    {
        private readonly int[] _hub = [0];
        private readonly int[] _leaves = [.. Enumerable.Range(1, agents - 1)];

        public override ReadOnlySpan<int> OutPeers(int agent, long iteration = 0) => agent == 0 ? _leaves : _hub;

        public override ReadOnlySpan<int> InPeers(int agent, long iteration = 0) => OutPeers(agent);
    }

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
