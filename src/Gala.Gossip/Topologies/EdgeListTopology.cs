namespace Gala.Gossip;

/// <summary>A graph of the user's own, edge by edge, the same in every round or changing in turn.</summary>
/// <remarks>Where in-degrees differ, plain averages may not keep the mean over the agents: see <see cref="Topology.KeepsMean"/>.</remarks>
public sealed class EdgeListTopology : PeriodicTopology
{
    /// <summary>Takes the edges of each round of the period.</summary>
    /// <param name="name">What messages call the graph.</param>
    /// <param name="agents">n.</param>
    /// <param name="rounds">Who sends to whom; one list for a graph that never changes.</param>
    /// <exception cref="ArgumentException">There is no round, an edge is not between two of the agents or stands twice in a round, or some agent never
    /// reaches another over the period.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public EdgeListTopology(string name, int agents, params IReadOnlyList<IReadOnlyList<(int From, int To)>> rounds)
        : base(name, agents, Checked(name, agents, rounds))
    {
    }

    private static IReadOnlyList<IReadOnlyList<(int From, int To)>> Checked(
        string name, int agents, IReadOnlyList<IReadOnlyList<(int From, int To)>> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        ArgumentOutOfRangeException.ThrowIfLessThan(agents, 1);
        string? problem = rounds.Count == 0 ? "expected at least one round of edges" : rounds.Select(round => Problem(agents, round)).FirstOrDefault(text => text is not null);
        return problem is null ? rounds : throw new ArgumentException($"{name}: {problem}.");
    }

    private static string? Problem(int agents, IReadOnlyList<(int From, int To)> edges)
    {
        HashSet<(int From, int To)> seen = [];
        foreach ((int from, int to) in edges)
        {
            string edge = $"edge {from} -> {to}";
            if (int.Min(from, to) < 0 || int.Max(from, to) >= agents)
            {
                return $"{edge} names an agent that is not there: expected 0 to {agents - 1}";
            }

            if (from == to)
            {
                return $"{edge} leads nowhere, since every agent keeps its own parameters anyway: leave it out";
            }

            if (!seen.Add((from, to)))
            {
                return $"{edge} stands twice in one round: leave one of them out";
            }
        }

        return null;
    }
}
