namespace Gala.Gossip;

/// <summary>How far an agent's update still holds the agents apart some rounds later, when every message is a fixed number of rounds late.</summary>
/// <remarks>
/// <para>With y = x + Δ after the local updates of a round, agents mix x⁺ = D y + O y', where D is the diagonal of P, O the rest of it and y' is y
/// of τ rounds ago. That is a product with a row-stochastic matrix over n(τ + 1) nodes, one agent and τ messages on their way for each.
/// Here only its agents' rows and columns are followed: Rⱼ = D Rⱼ₋₁ + O Rⱼ₋₁₋τ is what an update of j rounds ago has become.</para>
/// <para>Agents that start equal are ‖X − X̄‖ ≤ Σⱼ ‖Π Rⱼ‖ ‖Δ of j rounds ago‖ apart, Π = I − 11ᵀ/n. Derived in docs/algorithms/gala.md;
/// Assran et al. 2019, propositions 1 and 2, have the form of it that is geometric.</para>
/// </remarks>
public static class DelayedContraction
{
    private const double Negligible = 1e-12; // of the sum so far
    private const int MostRounds = 200_000;

    /// <summary>‖Π Rⱼ‖ for j = 0, 1, …, the spectral norm, until what is left cannot be seen in the sum. The largest over the rounds of a changing graph's period.</summary>
    /// <param name="topology">Whose agents take plain averages.</param>
    /// <param name="delay">τ, in rounds.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">The norms do not decay: the graph does not connect its agents.</exception>
    public static IReadOnlyList<double> ResponseNorms(Topology topology, int delay)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentOutOfRangeException.ThrowIfNegative(delay);
        List<double> largest = [];
        for (int round = 0; round < topology.Period; round++)
        {
            List<double> norms = NormsFrom(topology, delay, round);
            for (int j = 0; j < norms.Count; j++)
            {
                if (j == largest.Count)
                {
                    largest.Add(norms[j]);
                }

                largest[j] = Math.Max(largest[j], norms[j]);
            }
        }

        return largest;
    }

    /// <summary>The sum of the <see cref="ResponseNorms"/>: the ε-ball's radius is this times √n times the largest norm of one agent's update.</summary>
    /// <remarks>β / (1 − β) for a graph whose P is normal, without delay; less for others.</remarks>
    /// <inheritdoc cref="ResponseNorms" path="/param"/>
    /// <inheritdoc cref="ResponseNorms" path="/exception"/>
    public static double BoundFactor(Topology topology, int delay) => ResponseNorms(topology, delay).Sum();

    private static List<double> NormsFrom(Topology topology, int delay, int firstRound)
    {
        int agents = topology.Agents;
        Queue<double[,]> late = new(); // Rⱼ₋₁₋τ at its head, once τ rounds have passed
        double[,] newest = Identity(agents);
        List<double> norms = [];
        double sum = 0;
        double lately = double.PositiveInfinity; // the largest norm of the last τ + period rounds, which may hold ever smaller ones between
        while (lately > Negligible * sum)
        {
            if (norms.Count == MostRounds)
            {
                throw new InvalidOperationException($"On a {topology} with messages {delay} rounds late the agents never come together.");
            }

            late.Enqueue(newest);
            double[,]? arriving = late.Count > delay ? late.Dequeue() : null;
            newest = Next(topology.MixingMatrix(firstRound + norms.Count), newest, arriving);
            norms.Add(Contraction.Factor(newest));
            sum += norms[^1];
            lately = norms.TakeLast(delay + topology.Period).Max();
        }

        return norms;
    }

    private static double[,] Next(double[,] mixing, double[,] newest, double[,]? arriving)
    {
        int agents = mixing.GetLength(0);
        double[,] next = new double[agents, agents];
        for (int row = 0; row < agents; row++)
        {
            for (int via = 0; via < agents; via++)
            {
                double weight = mixing[row, via];
                double[,]? source = via == row ? newest : arriving;
                for (int column = 0; weight > 0 && source is not null && column < agents; column++)
                {
                    next[row, column] += weight * source[via, column];
                }
            }
        }

        return next;
    }

    private static double[,] Identity(int size)
    {
        double[,] identity = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            identity[i, i] = 1;
        }

        return identity;
    }
}
