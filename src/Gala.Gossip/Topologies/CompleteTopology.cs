namespace Gala.Gossip;

/// <summary>Everybody sends to everybody else: one round of lock-step gossip is an all-reduce.</summary>
public sealed class CompleteTopology : CirculantTopology
{
    /// <summary>A complete graph of <paramref name="agents"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public CompleteTopology(int agents)
        : base(Topologies.Complete, agents, [[.. Enumerable.Range(1, Math.Max(agents, 1) - 1)]])
    {
    }
}
