using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>x ← x + y: all but the last of several received vectors.</summary>
    /// <param name="sum">x, shape [P]; updated.</param>
    /// <param name="received">y, shape [P].</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>The same bits for every vector width. Allocates nothing. The spans must not overlap.</remarks>
    public static void Add(Span<float> sum, ReadOnlySpan<float> received)
    {
        int length = sum.Length;
        KernelArguments.ThrowIfLengthDiffers(length, received.Length, nameof(received));
        ref float x = ref MemoryMarshal.GetReference(sum);
        ref float y = ref MemoryMarshal.GetReference(received);
        int whole = Lanes.Whole(length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            (Vector512.LoadUnsafe(ref x, i) + Vector512.LoadUnsafe(ref y, i)).StoreUnsafe(ref x, i);
        }

        for (int i = whole; i < length; i++)
        {
            sum[i] += received[i];
        }
    }

    /// <summary>x ← (x + y) / n in one pass: the step of gossip, with n = 2 on a ring (Assran et al. 2019, algorithm 1).</summary>
    /// <param name="sum">x, shape [P]: own parameters plus those received so far; updated.</param>
    /// <param name="received">y, shape [P]: the last vector received.</param>
    /// <param name="count">n, number of vectors in the mean, one's own included.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <remarks>Divides rather than multiplying by a rounded 1/n. Two equal vectors have themselves as mean, bit for bit. The same bits
    /// for every vector width. Allocates nothing. The spans must not overlap.</remarks>
    public static void AddAndDivide(Span<float> sum, ReadOnlySpan<float> received, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int length = sum.Length;
        KernelArguments.ThrowIfLengthDiffers(length, received.Length, nameof(received));
        ref float x = ref MemoryMarshal.GetReference(sum);
        ref float y = ref MemoryMarshal.GetReference(received);
        Vector512<float> divisor = Vector512.Create((float)count);
        int whole = Lanes.Whole(length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            ((Vector512.LoadUnsafe(ref x, i) + Vector512.LoadUnsafe(ref y, i)) / divisor).StoreUnsafe(ref x, i);
        }

        for (int i = whole; i < length; i++)
        {
            sum[i] = (sum[i] + received[i]) / count;
        }
    }
}
