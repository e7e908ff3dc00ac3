using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Philox4x32-10, a counter-based random function: equal (key, counter) give equal words, in any order, on any thread.</summary>
/// <remarks>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.</remarks>
public static class Philox
{
    private const uint MultiplierA = 0xD2511F53;
    private const uint MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9;
    private const uint WeylB = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four random words of a counter under a key.</summary>
    /// <param name="key">64-bit key, low word first; a run's seed.</param>
    /// <param name="counterLow">Low 64 bits of the counter, for example the step.</param>
    /// <param name="counterHigh">High 64 bits of the counter, for example the stream.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint A, uint B, uint C, uint D) Words(ulong key, ulong counterLow, ulong counterHigh)
    {
        (uint a, uint b, uint c, uint d) =
            ((uint)counterLow, (uint)(counterLow >> 32), (uint)counterHigh, (uint)(counterHigh >> 32));
        (uint keyA, uint keyB) = ((uint)key, (uint)(key >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong productA = (ulong)MultiplierA * a;
            ulong productB = (ulong)MultiplierB * c;
            (a, b, c, d) = ((uint)(productB >> 32) ^ b ^ keyA, (uint)productB, (uint)(productA >> 32) ^ d ^ keyB, (uint)productA);
            keyA += WeylA;
            keyB += WeylB;
        }

        return (a, b, c, d);
    }

    /// <summary>A uniform number in [0, 1) with 24 random bits, the precision of a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToUnitSingle(uint word) => (word >> 8) * (1f / (1 << 24));

    /// <summary>A uniform number in [0, 1) with 53 random bits, the precision of a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToUnitDouble(uint high, uint low) => ((((ulong)high << 32) | low) >> 11) * (1.0 / (1L << 53));
}
