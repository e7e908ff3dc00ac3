namespace Gala.Gossip;

/// <summary>The directed ring: i sends to i + 1 (mod n). The topology of the GALA paper.</summary>
public sealed class RingTopology : CirculantTopology
{
    /// <summary>A ring of <paramref name="agents"/>; of one agent, a graph without edges.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public RingTopology(int agents)
        : base(Topologies.Ring, agents, [agents > 1 ? [1] : []])
    {
    }
}
