namespace Gala.Gossip;

/// <summary>A graph that looks the same from every agent: i sends to i + o (mod n) for each of a fixed set of offsets o.</summary>
/// <remarks>In- and out-degrees are equal, so its mixing matrix is doubly stochastic.</remarks>
public abstract class CirculantTopology : Topology
{
    private readonly int[][] _outPeers;
    private readonly int[][] _inPeers;

    /// <summary>Lays out the peers of every agent.</summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="agents">n.</param>
    /// <param name="offsets">Distinct offsets in [1, n).</param>
    private protected CirculantTopology(string name, int agents, IReadOnlyCollection<int> offsets)
        : base(name, agents)
    {
        _outPeers = Peers(agents, offsets);
        _inPeers = Peers(agents, [.. offsets.Select(offset => agents - offset)]);
    }

    /// <inheritdoc />
    public sealed override ReadOnlySpan<int> OutPeers(int agent, long iteration = 0) => PeersOf(_outPeers, agent);

    /// <inheritdoc />
    public sealed override ReadOnlySpan<int> InPeers(int agent, long iteration = 0) => PeersOf(_inPeers, agent);

    private static int[] PeersOf(int[][] peers, int agent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agent);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(agent, peers.Length);
        return peers[agent];
    }

    private static int[][] Peers(int agents, IReadOnlyCollection<int> offsets) =>
        [.. Enumerable.Range(0, agents).Select(agent => offsets.Select(offset => (agent + offset) % agents).Order().ToArray())];
}
