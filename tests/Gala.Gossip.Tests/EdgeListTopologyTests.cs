namespace Gala.Gossip.Tests;

public sealed class EdgeListTopologyTests
{
    [Fact]
    public void EdgeList_TwoRounds_HasTheirPeersInTurn()
    {
        EdgeListTopology topology = new("mine", 3, [(0, 2), (0, 1)], [(2, 0), (1, 0)]);
        Assert.Equal((2, 3, "mine"), (topology.Period, topology.Agents, topology.Name));
        Assert.Equal([1, 2], topology.OutPeers(0, 0).ToArray());
        Assert.Equal([1, 2], topology.InPeers(0, 7).ToArray());
        Assert.Empty(topology.OutPeers(0, 1).ToArray());
        Assert.False(topology.KeepsMean);
    }

    [Fact]
    public void IsDoublyStochastic_UnequalDegreesThatAddUp_IsFound()
    {
        // In-degrees 1, 3, 3, 3, 3: columns 0 and 1 hold 1/2 + 1/4 + 1/4, the others 4 × 1/4.
        EdgeListTopology topology = new(
            "graph", 5, [(1, 0), (2, 1), (3, 1), (4, 1), (1, 2), (3, 2), (4, 2), (0, 3), (2, 3), (4, 3), (0, 4), (2, 4), (3, 4)]);
        Assert.True(topology.IsDoublyStochastic());
    }

    [Theory]
    [InlineData(new[] { 2, 3, 6 }, true)]
    [InlineData(new[] { 2, 3, 7, 43, 1807 }, false)] // 1 - 1/3263442
    [InlineData(new[] { 2, 3, 7, 43, 1807, 3_263_443 }, false)] // 1 - 1/10650056950806: nearer to one than doubles tell from rounding
    [InlineData(new[] { 3, 3, 3 }, true)]
    [InlineData(new[] { 1, 100 }, false)]
    [InlineData(new int[0], false)]
    public void AddToOne_Fractions_IsExact(int[] denominators, bool expected) => Assert.Equal(expected, UnitFractions.AddToOne(denominators));

    [Theory]
    [InlineData(0, 5, "mine: edge 0 -> 5 names an agent that is not there: expected 0 to 2.")]
    [InlineData(-1, 0, "mine: edge -1 -> 0 names an agent that is not there: expected 0 to 2.")]
    [InlineData(1, 1, "mine: edge 1 -> 1 leads nowhere, since every agent keeps its own parameters anyway: leave it out.")]
    [InlineData(0, 1, "mine: edge 0 -> 1 stands twice in one round: leave one of them out.")]
    public void EdgeList_BadEdge_IsNamedInOneLine(int from, int to, string expected) =>
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => new EdgeListTopology("mine", 3, [(0, 1), (1, 2), (2, 0), (from, to)])).Message);

    [Theory]
    [InlineData(2, "mine: nothing that agent 0 sends ever reaches agent 2, so they never agree; add edges.")]
    [InlineData(0, "mine: nothing that agent 2 sends ever reaches agent 0, so they never agree; add edges.")]
    public void EdgeList_ThatNeverMixes_IsRefusedInOneLine(int lonely, string expected)
    {
        (int, int)[] edges = lonely == 2 ? [(0, 1), (1, 0), (2, 0)] : [(0, 1), (1, 0), (0, 2)];
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => new EdgeListTopology("mine", 3, edges)).Message);
    }

    [Fact]
    public void EdgeList_ConnectedOnlyOverThePeriod_IsAccepted()
    {
        EdgeListTopology topology = new("mine", 4, [(0, 1), (1, 0), (2, 3), (3, 2)], [(0, 2), (2, 0), (1, 3), (3, 1)]);
        Assert.Equal(0, topology.ContractionFactor); // a square: both matchings make an average
        Assert.Equal(1, topology.BoundFactor, 1e-12);
    }

    [Fact]
    public void EdgeList_NoRounds_IsRefused() =>
        Assert.Equal("mine: expected at least one round of edges.", Assert.Throws<ArgumentException>(() => new EdgeListTopology("mine", 3)).Message);
}
