namespace Gala.Gossip;

/// <summary>Pairs that exchange, others in each round: in round k, every odd agent with the even one 2ʲ − 1 hops on, j = 1, 2, … in turn while 2ʲ − 1 &lt; n.</summary>
/// <remarks>Source: the time-varying undirected bipartite exponential graph that Assran, Loizou, Ballas, Rabbat, "Stochastic gradient push", ICML 2019,
/// give to D-PSGD and AD-PSGD. Hops are odd, so with n even each round is a perfect matching of odd and even agents.</remarks>
public sealed class BipartiteExponentialTopology : PeriodicTopology
{
    /// <summary>A bipartite exponential graph of <paramref name="agents"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="agents"/> is odd, and not 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public BipartiteExponentialTopology(int agents)
        : base(Topologies.BipartiteExponential, agents, Hops(agents).Select(hop => Pairs(agents, hop)))
    {
    }

    private static int[] Hops(int agents) => agents > 1 && agents % 2 != 0
        ? throw new ArgumentException(
            $"{Topologies.BipartiteExponential} pairs odd agents with even ones and needs an even number of them, not {agents}; take one more or less.")
        : [.. PowersOfTwo.Below(int.Max(agents, 1) + 1).Select(power => power - 1).Where(hop => hop > 0).DefaultIfEmpty(1)];

    private static IEnumerable<(int From, int To)> Pairs(int agents, int hop)
    {
        for (int odd = 1; odd < agents; odd += 2)
        {
            int even = (odd + hop) % agents;
            yield return (odd, even);
            yield return (even, odd);
        }
    }
}
