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
        int whole = Lanes.Whole(length, FourSums.Count);
        for (int start = 0; start < whole; start += Lanes.SumBlock)
        {
            int end = Math.Min(start + Lanes.SumBlock, whole);
            FourSums squares = default;
            for (nuint i = (nuint)start; i < (nuint)end; i += FourSums.Count)
            {
                Vector512<float> a = Vector512.LoadUnsafe(ref x, i) - Vector512.LoadUnsafe(ref y, i);
                Vector512<float> b = Vector512.LoadUnsafe(ref x, i + 16) - Vector512.LoadUnsafe(ref y, i + 16);
                Vector512<float> c = Vector512.LoadUnsafe(ref x, i + 32) - Vector512.LoadUnsafe(ref y, i + 32);
                Vector512<float> d = Vector512.LoadUnsafe(ref x, i + 48) - Vector512.LoadUnsafe(ref y, i + 48);
                squares.Add(a * a, b * b, c * c, d * d);
            }

            sum += squares.Total();
        }

        for (int i = whole; i < length; i++)
        {
            float difference = left[i] - right[i];
            sum += (double)difference * difference;
        }

        return sum;
    }
}
