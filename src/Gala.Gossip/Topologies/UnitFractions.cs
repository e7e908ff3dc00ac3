using System.Numerics;

namespace Gala.Gossip;

/// <summary>Exact sums of weights 1 / d.</summary>
internal static class UnitFractions
{
    /// <summary>Whether Σ 1 / d = 1 over the denominators.</summary>
    public static bool AddToOne(IEnumerable<int> denominators)
    {
        (BigInteger numerator, BigInteger denominator) = (0, 1);
        foreach (IGrouping<int, int> equal in denominators.GroupBy(d => d))
        {
            numerator = (numerator * equal.Key) + (denominator * equal.Count());
            denominator *= equal.Key;
        }

        return numerator == denominator;
    }
}
