using Gala.Numerics;

namespace Gala.Measuring.Clusters;

/// <summary>Local updates of norm 1 in random directions: what a cluster has to bring together when agents learn different things.</summary>
internal static class RandomDirections
{
    /// <summary>P of the vectors that are really mixed: one random bit each.</summary>
    public const int Length = 64;

    private const float Step = 1f / 8; // 64 coordinates of ±1/8 have norm 1, exactly
    private const ulong Stream = 0xD1_0000_0000_0000;

    /// <summary>Adds ±1/8 to every coordinate, by the bits that belong to an agent's update.</summary>
    public static void Add(ulong seed, int rank, long update, Span<float> parameters)
    {
        (uint low, uint high, _, _) = Philox.Words(seed, (ulong)update, Stream | (uint)rank);
        ulong bits = ((ulong)high << 32) | low;
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] += ((bits >> i) & 1) == 0 ? Step : -Step;
        }
    }
}
