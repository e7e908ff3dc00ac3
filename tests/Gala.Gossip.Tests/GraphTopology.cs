namespace Gala.Gossip.Tests;

/// <summary>A graph given edge by edge, for tests that need degrees no named topology has.</summary>
internal sealed class GraphTopology(int agents, IReadOnlyCollection<(int From, int To)> edges) : Topology("graph", agents)
{
    private readonly int[][] _outPeers = Peers(agents, edges);
    private readonly int[][] _inPeers = Peers(agents, [.. edges.Select(edge => (edge.To, edge.From))]);

    /// <summary>Agent 0 in the middle, both ways.</summary>
    public static GraphTopology Star(int agents) =>
        new(agents, [.. Enumerable.Range(1, agents - 1).SelectMany(leaf => new[] { (0, leaf), (leaf, 0) })]);

    /// <summary>A ring, so that everybody hears of everybody, and random edges on top.</summary>
    public static GraphTopology Random(int agents, Random random) =>
        new(agents, [.. Pairs(agents).Where(edge => edge.To == (edge.From + 1) % agents || random.Next(3) == 0)]);

    public override ReadOnlySpan<int> OutPeers(int agent, long iteration = 0) => _outPeers[agent];

    public override ReadOnlySpan<int> InPeers(int agent, long iteration = 0) => _inPeers[agent];

    private static int[][] Peers(int agents, IReadOnlyCollection<(int From, int To)> edges) =>
        [.. Enumerable.Range(0, agents).Select(agent => edges.Where(edge => edge.From == agent).Select(edge => edge.To).Order().ToArray())];

    private static IEnumerable<(int From, int To)> Pairs(int agents) =>
        from first in Enumerable.Range(0, agents)
        from second in Enumerable.Range(0, agents)
        where first != second
        select (first, second);
}
