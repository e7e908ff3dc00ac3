using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>A random directed graph in which every agent sends to d others and receives from d: the same for equal n, d and seed, everywhere.</summary>
/// <remarks>Begins with i → i + 1, …, i + d and then exchanges the targets of random pairs of edges, which keeps all degrees, as in Rao, Jana,
/// Bandyopadhyay, "A Markov chain Monte Carlo method for generating random (0, 1)-matrices with given marginals", Sankhyā 1996; goes on
/// until every agent reaches every other.</remarks>
public sealed class RandomRegularTopology : PeriodicTopology
{
    /// <summary>d where it is not said, or n − 1 if that is less.</summary>
    public const int DefaultDegree = 3;

    private const int ExchangesAnEdge = 10;

    /// <summary>Draws a graph.</summary>
    /// <param name="agents">n.</param>
    /// <param name="degree">d, from 1 to n − 1; 0 only for one agent alone.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException"><paramref name="degree"/> is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public RandomRegularTopology(int agents, int degree, ulong seed)
        : base($"{Topologies.RandomRegular}:degree={degree}:seed={seed}", agents, [Draw(agents, degree, seed)])
    {
    }

    private static (int From, int To)[] Draw(int agents, int degree, ulong seed)
    {
        ThrowIfOutOfRange(agents, degree);
        (int From, int To)[] edges = [.. Enumerable.Range(0, agents * degree).Select(edge => (edge / degree, ((edge / degree) + 1 + (edge % degree)) % agents))];
        HashSet<(int From, int To)> present = [.. edges];
        ulong draws = 0;
        do
        {
            for (int i = 0; i < ExchangesAnEdge * edges.Length; i++)
            {
                (uint left, uint right, _, _) = Philox.Words(seed, draws++, 0);
                Exchange(ref edges[left % edges.Length], ref edges[right % edges.Length], present);
            }
        }
        while (Connectivity.FindUnreached(agents, edges) is not null);
        return edges;
    }

    /// <summary>a → b, c → d become a → d, c → b, unless one of these is there already or leads an agent to itself.</summary>
    private static void Exchange(ref (int From, int To) left, ref (int From, int To) right, HashSet<(int From, int To)> present)
    {
        (int From, int To) first = (left.From, right.To);
        (int From, int To) second = (right.From, left.To);
        if (first.From != first.To && second.From != second.To && !present.Contains(first) && !present.Contains(second))
        {
            present.ExceptWith([left, right]);
            present.UnionWith([first, second]);
            (left, right) = (first, second);
        }
    }

    private static void ThrowIfOutOfRange(int agents, int degree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(agents, 1);
        if (degree < int.Min(1, agents - 1) || degree >= agents)
        {
            throw new ArgumentException(agents == 1
                ? $"{Topologies.RandomRegular}: one agent alone has no peers; leave degree={degree} out."
                : $"{Topologies.RandomRegular}: degree must be from 1 to {agents - 1} with {agents} agents, not {degree}.");
        }
    }
}
