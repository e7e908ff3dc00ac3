namespace Gala.Gossip;

/// <summary>The undirected ring: i exchanges with i − 1 and i + 1 (mod n).</summary>
public sealed class UndirectedRingTopology : CirculantTopology
{
    /// <summary>An undirected ring of <paramref name="agents"/>, any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public UndirectedRingTopology(int agents)
        : base(Topologies.UndirectedRing, agents, [agents > 2 ? [1, agents - 1] : agents > 1 ? [1] : []])
    {
    }
}
