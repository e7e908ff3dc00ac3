namespace Gala.Gossip.Tests;

public sealed class RandomRegularTopologyTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 1)]
    [InlineData(8, 3)]
    [InlineData(9, 7)]
    [InlineData(6, 5)]
    [InlineData(64, 4)]
    public void RandomRegular_AnySeed_HasEqualDegreesAndConnects(int agents, int degree)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            RandomRegularTopology topology = new(agents, degree, seed);
            for (int agent = 0; agent < agents; agent++)
            {
                Assert.Equal(degree, topology.OutPeers(agent).ToArray().Distinct().Count());
                Assert.Equal(degree, topology.InPeers(agent).Length);
            }

            Assert.True(topology.IsDoublyStochastic());
            Assert.Null(Connectivity.FindUnreached(agents, Edges(topology)));
        }
    }

    [Fact]
    public void RandomRegular_SameSeed_IsTheSameGraphAndOthersDiffer()
    {
        Assert.Equal(Edges(new RandomRegularTopology(12, 3, 1)), Edges(Topologies.Create("random-regular:degree=3:seed=1", 12)));
        Assert.Equal(20, Enumerable.Range(0, 20).Select(seed => string.Join(' ', Edges(new RandomRegularTopology(12, 3, (ulong)seed)))).Distinct().Count());
    }

    [Fact]
    public void RandomRegular_ManySeeds_UsesEveryEdgeAboutEquallyOften()
    {
        const int Agents = 6, Degree = 2, Draws = 600;
        Dictionary<(int, int), int> counts = Enumerable.Range(0, Draws)
            .SelectMany(seed => Edges(new RandomRegularTopology(Agents, Degree, (ulong)seed))).CountBy(edge => edge).ToDictionary();
        Assert.Equal(Agents * (Agents - 1), counts.Count);
        double expected = Draws * (double)Degree / (Agents - 1); // 240, with a deviation of 12
        Assert.All(counts.Values, count => Assert.InRange(count, expected - 60, expected + 60));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(9, 3)]
    public void RandomRegular_WithoutADegree_TakesThreeOrAllThereAre(int agents, int degree) =>
        Assert.Equal(degree, Topologies.Create("random-regular", agents).OutPeers(0).Length);

    private static (int From, int To)[] Edges(Topology topology) =>
        [.. from agent in Enumerable.Range(0, topology.Agents) from peer in topology.OutPeers(agent).ToArray() select (agent, peer)];
}
