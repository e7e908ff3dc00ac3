namespace Gala.Gossip;

/// <summary>A graph whose edges are listed round by round, the rounds in turn for ever.</summary>
/// <remarks>Over a period every agent must reach every other, or they would never agree. Every agent keeps a weight of its own, so that is enough.</remarks>
public abstract class PeriodicTopology : Topology
{
    private readonly int[][][] _outPeers; // [round][agent]
    private readonly int[][][] _inPeers;

    /// <summary>Lays out the peers of every agent in every round.</summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="agents">n.</param>
    /// <param name="rounds">At least one; each its distinct edges from an agent in [0, n) to another.</param>
    /// <exception cref="ArgumentException">Some agent never reaches another.</exception>
    private protected PeriodicTopology(string name, int agents, IEnumerable<IEnumerable<(int From, int To)>> rounds)
        : base(name, agents)
    {
        (int From, int To)[][] edges = [.. rounds.Select(round => round.ToArray())];
        _outPeers = [.. edges.Select(round => Peers(agents, round))];
        _inPeers = [.. edges.Select(round => Peers(agents, round.Select(edge => (edge.To, edge.From))))];
        if (Connectivity.FindUnreached(agents, edges.SelectMany(round => round)) is var (from, to))
        {
            throw new ArgumentException($"{name}: nothing that agent {from} sends ever reaches agent {to}, so they never agree; add edges.");
        }
    }

    /// <inheritdoc />
    public sealed override int Period => _outPeers.Length;

    /// <inheritdoc />
    public sealed override ReadOnlySpan<int> OutPeers(int agent, long iteration = 0) => PeersOf(_outPeers, agent, iteration);

    /// <inheritdoc />
    public sealed override ReadOnlySpan<int> InPeers(int agent, long iteration = 0) => PeersOf(_inPeers, agent, iteration);

    private static int[] PeersOf(int[][][] peers, int agent, long iteration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agent);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(agent, peers[0].Length);
        long round = iteration % peers.Length;
        return peers[round < 0 ? round + peers.Length : round][agent];
    }

    private static int[][] Peers(int agents, IEnumerable<(int From, int To)> edges)
    {
        ILookup<int, int> targets = edges.ToLookup(edge => edge.From, edge => edge.To);
        return [.. Enumerable.Range(0, agents).Select(agent => targets[agent].Order().ToArray())];
    }
}
