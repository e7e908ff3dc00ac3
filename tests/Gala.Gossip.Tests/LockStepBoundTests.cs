namespace Gala.Gossip.Tests;

public sealed class LockStepBoundTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    public void Factor_OfCirculantGraphs_EqualsThatOfTheSingularValues(int agents)
    {
        foreach (Topology topology in (Topology[])[new RingTopology(agents), new ExponentialTopology(agents), new CompleteTopology(agents)])
        {
            Assert.Equal(topology.BoundFactor, LockStepBound.Factor(topology)!.Value, 1e-9 * (1 + topology.BoundFactor));
        }
    }

    [Fact]
    public void Factor_OfALargeRing_IsThatOfTheCosine()
    {
        double contraction = Math.Cos(Math.PI / 4096);
        Assert.Equal(contraction / (1 - contraction), LockStepBound.Factor(new RingTopology(4096))!.Value, 1e-3);
    }

    [Fact]
    public void Factor_OfARingThatChanges_IsTheSumOfItsProducts()
    {
        ChangingRing ring = new(5);
        Assert.Equal(DelayedContraction.BoundFactor(ring, delay: 0), LockStepBound.Factor(ring)!.Value, 1e-6);
    }

    [Fact]
    public void Factor_OfOtherGraphs_IsKnownForSmallOnesOnly()
    {
        GraphTopology small = GraphTopology.Star(5);
        Assert.Equal(small.BoundFactor, LockStepBound.Factor(small));
        Assert.Null(LockStepBound.Factor(GraphTopology.Star(200)));
    }

    /// <summary>To the next agent in even rounds, to the one after it in odd ones.</summary>
    private sealed class ChangingRing(int agents) : Topology("changing", agents)
    {
        public override int Period => 2;

        public override ReadOnlySpan<int> OutPeers(int agent, long iteration = 0) => new int[] { (agent + 1 + (int)(iteration % 2)) % Agents };

        public override ReadOnlySpan<int> InPeers(int agent, long iteration = 0) => new int[] { (agent + Agents - 1 - (int)(iteration % 2)) % Agents };
    }
}
