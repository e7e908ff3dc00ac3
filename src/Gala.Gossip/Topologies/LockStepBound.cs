using System.Numerics;

namespace Gala.Gossip;

/// <summary><see cref="Topology.BoundFactor"/> for graphs of thousands of agents, whose singular values would take hours.</summary>
/// <remarks>The mixing matrix of a graph that looks the same from every agent is circulant. The discrete Fourier transform makes it diagonal, with
/// eigenvalues λₖ = (1 + Σₒ e^(−2πi k o / n)) / (1 + in-degree) over the offsets o of the in-peers; it is normal, so its norm where agents disagree is the
/// largest |λₖ| of k ≥ 1. Matrices of different rounds are diagonal together, and a product's eigenvalues are the products.</remarks>
public static class LockStepBound
{
    private const int MostAgentsOfAnyGraph = 128; // cubic time
    private const int MostRounds = 10_000;
    private const double Negligible = 1e-10; // of the sum so far

    /// <summary>The factor: β / (1 − β) of a graph that does not change, Σⱼ ‖Π P(j) … P(1)‖ of one that does, from the worst round to begin in.</summary>
    /// <returns>Null where it would take too long: a large graph that looks different from different agents, or that agrees very slowly.</returns>
    public static double? Factor(Topology topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        int[][] rounds = [.. Enumerable.Range(0, topology.Period).Select(round => topology.InPeers(0, round).ToArray())];
        if (!IsCirculant(topology, rounds))
        {
            return topology.Agents <= MostAgentsOfAnyGraph ? topology.BoundFactor : null;
        }

        Complex[][] eigenvalues = [.. rounds.Select(offsets => Eigenvalues(topology.Agents, offsets))];
        return rounds.Length == 1 ? Static(eigenvalues[0]) : Enumerable.Range(0, rounds.Length).Max(first => Changing(eigenvalues, first));
    }

    private static bool IsCirculant(Topology topology, int[][] rounds)
    {
        int agents = topology.Agents;
        return Enumerable.Range(0, rounds.Length).All(round => Enumerable.Range(1, agents - 1).All(agent =>
            topology.InPeers(agent, round).SequenceEqual(rounds[round].Select(offset => (agent + offset) % agents).Order().ToArray())));
    }

    /// <summary>λ₁ … λₙ₋₁, those of disagreement.</summary>
    private static Complex[] Eigenvalues(int agents, int[] offsets) =>
        [.. Enumerable.Range(1, agents - 1).Select(k =>
            (1 + offsets.Aggregate(Complex.Zero, (sum, offset) => sum + Complex.FromPolarCoordinates(1, Angle(agents, k, offset)))) / (1 + offsets.Length))];

    private static double Angle(int agents, int k, int offset) => -2 * Math.PI * ((long)k * offset % agents) / agents;

    private static double Static(Complex[] eigenvalues)
    {
        double contraction = Largest(eigenvalues);
        return contraction < 1 ? contraction / (1 - contraction) : double.PositiveInfinity;
    }

    private static double? Changing(Complex[][] eigenvalues, int first)
    {
        Complex[] product = [.. eigenvalues[first]];
        double sum = Largest(product), norm = sum;
        for (int round = first + 1; norm > Negligible * sum; round++)
        {
            if (round - first == MostRounds)
            {
                return null;
            }

            for (int k = 0; k < product.Length; k++)
            {
                product[k] *= eigenvalues[round % eigenvalues.Length][k];
            }

            norm = Largest(product);
            sum += norm;
        }

        return sum;
    }

    /// <summary>The largest magnitude; 0 for what is only rounding.</summary>
    private static double Largest(Complex[] eigenvalues)
    {
        double largest = eigenvalues.Select(Complex.Abs).DefaultIfEmpty(0).Max();
        return largest < 1e-14 ? 0 : largest;
    }
}
