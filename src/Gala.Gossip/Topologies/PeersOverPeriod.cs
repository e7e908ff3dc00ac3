namespace Gala.Gossip;

/// <summary>The peers that an agent has in any round of a graph's period, in order of rank.</summary>
internal static class PeersOverPeriod
{
    public static int[] In(Topology topology, int agent) => Union(topology, iteration => topology.InPeers(agent, iteration).ToArray());

    public static int[] Out(Topology topology, int agent) => Union(topology, iteration => topology.OutPeers(agent, iteration).ToArray());

    private static int[] Union(Topology topology, Func<int, int[]> peers) =>
        [.. Enumerable.Range(0, topology.Period).SelectMany(peers).Distinct().Order()];
}
