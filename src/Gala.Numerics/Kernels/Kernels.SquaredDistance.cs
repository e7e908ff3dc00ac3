using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>Σ (xᵢ − yᵢ)², the square of the Euclidean distance.</summary>
    /// <param name="left">x, shape [P].</param>
    /// <param name="right">y, shape [P].</param>
    /// <returns>The sum, in the order of <see cref="SumOfSquares"/>: that of the differences rounded to floats, bit for bit.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>The same bits for every vector width. Allocates nothing.</remarks>
    public static double SquaredDistance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        int length = left.Length;
        KernelArguments.ThrowIfLengthDiffers(length, right.Length, nameof(right));
        ref float x = ref MemoryMarshal.GetReference(left);
        ref float y = ref MemoryMarshal.GetReference(right);
        double sum = 0;
        for (int start = 0; start < length; start += Lanes.SumBlock)
        {
            int end = Math.Min(start + Lanes.SumBlock, length);
            FourSums squares = default;
            int i = start;
            for (; i + (4 * Lanes.Count) <= end; i += 4 * Lanes.Count)
            {
                Vector512<float> a = Difference(ref x, ref y, i);
                Vector512<float> b = Difference(ref x, ref y, i + Lanes.Count);
                Vector512<float> c = Difference(ref x, ref y, i + (2 * Lanes.Count));
                Vector512<float> d = Difference(ref x, ref y, i + (3 * Lanes.Count));
                squares.Add(a * a, b * b, c * c, d * d);
            }

            for (; i < end; i += Lanes.Count)
            {
                Vector512<float> rest = Lanes.Load(in x, i, end) - Lanes.Load(in y, i, end);
                squares.AddRest((i - start) / Lanes.Count, rest * rest);
            }

            sum += squares.Total();
        }

        return sum;

        static Vector512<float> Difference(ref float x, ref float y, int i) =>
            Vector512.LoadUnsafe(ref x, (nuint)i) - Vector512.LoadUnsafe(ref y, (nuint)i);
    }
}
