namespace Gala.Gossip;

/// <summary>The static directed exponential graph: i sends to i + 2ᵏ (mod n) for every 2ᵏ below n.</summary>
/// <remarks>Source: Assran, Loizou, Ballas, Rabbat, "Stochastic gradient push", ICML 2019; all peers at once here.</remarks>
public sealed class ExponentialTopology : CirculantTopology
{
    /// <summary>An exponential graph of <paramref name="agents"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public ExponentialTopology(int agents)
        : base(Topologies.Exponential, agents, [PowersOfTwo.Below(agents)])
    {
    }
}
