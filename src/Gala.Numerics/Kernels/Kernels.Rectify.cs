using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>y ← max(0, x).</summary>
    /// <param name="source">x, any length.</param>
    /// <param name="target">y, as long.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>NaN stays NaN. The same bits for every vector width. Allocates nothing. The spans are apart, or the same.</remarks>
    public static void Rectify(ReadOnlySpan<float> source, Span<float> target)
    {
        int length = source.Length;
        KernelArguments.ThrowIfLengthDiffers(length, target.Length, nameof(target));
        ref float x = ref MemoryMarshal.GetReference(source);
        ref float y = ref MemoryMarshal.GetReference(target);
        int whole = Lanes.Whole(length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            Vector512<float> vector = Vector512.LoadUnsafe(ref x, i);
            Vector512.AndNot(vector, Vector512.LessThan(vector, Vector512<float>.Zero)).StoreUnsafe(ref y, i);
        }

        for (int i = whole; i < length; i++)
        {
            target[i] = source[i] < 0 ? 0 : source[i];
        }
    }
}
