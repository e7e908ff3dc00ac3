namespace Gala.Gossip.Tests;

/// <summary>What is left of a graph when an agent has left it: what docs/algorithms/gala.md tells.</summary>
public sealed class LostAgentTests
{
    [Theory]
    [InlineData("undirected-ring")]
    [InlineData("exponential")]
    [InlineData("one-peer-exponential")]
    [InlineData("bipartite-exponential")]
    [InlineData("complete")]
    public void Graph_WithoutAnyOneAgent_StaysConnected(string name)
    {
        for (int agents = 4; agents <= 32; agents += 2)
        {
            Topology topology = Topologies.Create(name, agents);
            for (int lost = 0; lost < agents; lost++)
            {
                for (int from = 0; from < agents; from++)
                {
                    Assert.Equal(from == lost ? 1 : agents - 1, Reached(topology, from, lost));
                }
            }
        }
    }

    [Fact]
    public void Ring_WithoutAnAgent_IsAChainFromTheOneBehindIt()
    {
        RingTopology ring = new(6);
        Assert.Equal([5, 4, 1, 3, 2, 1], [Reached(ring, 3, 2), Reached(ring, 4, 2), Reached(ring, 2, 2), Reached(ring, 5, 2), Reached(ring, 0, 2), Reached(ring, 1, 2)]);
    }

    [Fact]
    public void Star_WithoutItsHub_LeavesEveryoneAlone() =>
        Assert.All(Enumerable.Range(1, 5), from => Assert.Equal(1, Reached(new StarTopology(6), from, lost: 0)));

    /// <summary>Agents that hear of one of them over time, itself included.</summary>
    private static int Reached(Topology topology, int from, int lost)
    {
        HashSet<int> reached = [from];
        Stack<int> open = new([from]);
        while (open.TryPop(out int agent))
        {
            for (int round = 0; round < topology.Period && agent != lost; round++)
            {
                foreach (int peer in topology.OutPeers(agent, round))
                {
                    if (peer != lost && reached.Add(peer))
                    {
                        open.Push(peer);
                    }
                }
            }
        }

        return reached.Count;
    }
}
