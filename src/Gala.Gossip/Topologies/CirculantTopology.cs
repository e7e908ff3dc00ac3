namespace Gala.Gossip;

/// <summary>A graph that looks the same from every agent: i sends to i + o (mod n) for each of a round's offsets o.</summary>
/// <remarks>In- and out-degrees are equal, so its mixing matrix is doubly stochastic.</remarks>
public abstract class CirculantTopology : PeriodicTopology
{
    /// <summary>Lays out the peers of every agent.</summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="agents">n.</param>
    /// <param name="rounds">At least one; each its distinct offsets in [1, n).</param>
    private protected CirculantTopology(string name, int agents, IEnumerable<int[]> rounds)
        : base(name, agents, rounds.Select(offsets => Edges(agents, offsets)))
    {
    }

    private static IEnumerable<(int From, int To)> Edges(int agents, int[] offsets) =>
        from agent in Enumerable.Range(0, agents)
        from offset in offsets
        select (agent, (agent + offset) % agents);
}
