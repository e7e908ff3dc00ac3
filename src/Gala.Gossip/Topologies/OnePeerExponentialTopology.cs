namespace Gala.Gossip;

/// <summary>The exponential graph with one peer at a time: in round k, i sends to i + 2ʲ (mod n), j = k mod ⌈log₂ n⌉.</summary>
/// <remarks>Source: Assran, Loizou, Ballas, Rabbat, "Stochastic gradient push", ICML 2019. A message a round, as on the ring; with n a power of two
/// a period in lock-step is an exact average.</remarks>
public sealed class OnePeerExponentialTopology : CirculantTopology
{
    /// <summary>A one-peer exponential graph of <paramref name="agents"/>, any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public OnePeerExponentialTopology(int agents)
        : base(Topologies.OnePeerExponential, agents, PowersOfTwo.Below(agents).Select(hop => (int[])[hop]).DefaultIfEmpty([]))
    {
    }
}
