using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>One panel of columns of a row product, for one row of few elements that are not zero.</summary>
internal static unsafe class SparseRowPanel<TOps, TBlock>
    where TOps : struct, IVectorOps<TBlock>
    where TBlock : struct
{
    [SkipLocalsInit]
    public static void Run(
        float* left, ReadOnlySpan<int> nonzeros, float* weights, int outputs, int firstColumn, float* bias, float floor, float* target)
    {
        int columns = Math.Min(TOps.Lanes, outputs - firstColumn);
        float* spare = stackalloc float[2 * TOps.Lanes];
        float* start = bias is null ? spare : bias + firstColumn;
        if (bias is null)
        {
            new Span<float>(spare, TOps.Lanes).Clear();
        }

        fixed (int* indices = nonzeros)
        {
            if (columns == TOps.Lanes)
            {
                Sum(left, indices, nonzeros.Length, weights + firstColumn, outputs, start, floor, target + firstColumn);
                return;
            }

            float* whole = spare + TOps.Lanes; // the last columns do not fill the vectors
            Sum(left, indices, nonzeros.Length, weights + firstColumn, outputs, start, floor, whole);
            new Span<float>(whole, columns).CopyTo(new Span<float>(target + firstColumn, columns));
        }
    }

    // A method of its own without memory on the stack, or the sums would be kept there instead of in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(float* left, int* indices, int count, float* weights, nint stride, float* start, float floor, float* target)
    {
        TBlock sum = TOps.Load(start);
        for (int i = 0; i < count; i++)
        {
            nint k = indices[i];
            sum = TOps.MultiplyAdd(TOps.Load(weights + (k * stride)), left + k, sum);
        }

        TOps.Store(TOps.Max(sum, floor), target);
    }
}
