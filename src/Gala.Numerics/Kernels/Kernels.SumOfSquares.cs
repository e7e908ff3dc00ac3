using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>Σ xᵢ², the square of the Euclidean norm.</summary>
    /// <param name="vector">x, any length; NaN or ∞ if an element is, or if a square overflows a float.</param>
    /// <returns>The sum: float sums over the elements of equal index modulo 64 inside blocks of 4,096 (each square and each addition
    /// rounded), each block's 64 then added as a tree, blocks in order in double precision. Relative error below 1e-5.</returns>
    /// <remarks>The order is the same for every vector width, and so are the bits. Allocates nothing.</remarks>
    public static double SumOfSquares(ReadOnlySpan<float> vector)
    {
        int length = vector.Length;
        ref float x = ref MemoryMarshal.GetReference(vector);
        double sum = 0;
        for (int start = 0; start < length; start += Lanes.SumBlock)
        {
            int end = Math.Min(start + Lanes.SumBlock, length);
            FourSums squares = default; // four chains of additions, since one would wait for itself
            int i = start;
            for (; i + (4 * Lanes.Count) <= end; i += 4 * Lanes.Count)
            {
                Vector512<float> a = Vector512.LoadUnsafe(ref x, (nuint)i);
                Vector512<float> b = Vector512.LoadUnsafe(ref x, (nuint)(i + Lanes.Count));
                Vector512<float> c = Vector512.LoadUnsafe(ref x, (nuint)(i + (2 * Lanes.Count)));
                Vector512<float> d = Vector512.LoadUnsafe(ref x, (nuint)(i + (3 * Lanes.Count)));
                squares.Add(a * a, b * b, c * c, d * d);
            }

            for (; i < end; i += Lanes.Count)
            {
                Vector512<float> rest = Lanes.Load(in x, i, end);
                squares.AddRest((i - start) / Lanes.Count, rest * rest);
            }

            sum += squares.Total();
        }

        return sum;
    }
}
