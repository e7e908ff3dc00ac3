using System.Runtime.CompilerServices;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    /// <summary>yⱼ = Σₖ xₖ Wⱼₖ for listed j and k only: a gradient that is wanted only where a rectifier was open, from one that is mostly zero.</summary>
    /// <param name="left">x. Owned by the caller.</param>
    /// <param name="nonzeros">The k where x is not zero, increasing; others may be among them.</param>
    /// <param name="weights">W, row-major with <paramref name="columns"/> floats a row; finite. Owned by the caller.</param>
    /// <param name="columns">Floats of a row of W.</param>
    /// <param name="wanted">The j.</param>
    /// <param name="target">y; only the wanted elements are written. Owned by the caller.</param>
    /// <remarks>Each output is one chain of fused multiply-adds from zero in the order of k: the bits that the plain product with
    /// Wᵀ gives. Allocates nothing.</remarks>
    public static void MultiplyListed(float* left, ReadOnlySpan<int> nonzeros, float* weights, int columns, ReadOnlySpan<int> wanted, float* target)
    {
        fixed (int* terms = nonzeros, outputs = wanted)
        {
            int i = 0;
            for (; i + 4 <= wanted.Length; i += 4)
            {
                FourListed(left, terms, nonzeros.Length, weights, columns, outputs + i, target);
            }

            for (; i < wanted.Length; i++)
            {
                OneListed(left, terms, nonzeros.Length, weights + ((nint)outputs[i] * columns), target + outputs[i]);
            }
        }
    }

    // Four sums at once: one alone would wait for each of its multiply-adds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourListed(float* left, int* terms, int count, float* weights, nint columns, int* outputs, float* target)
    {
        float* row0 = weights + (outputs[0] * columns);
        float* row1 = weights + (outputs[1] * columns);
        float* row2 = weights + (outputs[2] * columns);
        float* row3 = weights + (outputs[3] * columns);
        (float sum0, float sum1, float sum2, float sum3) = (0, 0, 0, 0);
        for (int i = 0; i < count; i++)
        {
            nint k = terms[i];
            float x = left[k];
            sum0 = MultiplyAdd(row0[k], x, sum0);
            sum1 = MultiplyAdd(row1[k], x, sum1);
            sum2 = MultiplyAdd(row2[k], x, sum2);
            sum3 = MultiplyAdd(row3[k], x, sum3);
        }

        target[outputs[0]] = sum0;
        target[outputs[1]] = sum1;
        target[outputs[2]] = sum2;
        target[outputs[3]] = sum3;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneListed(float* left, int* terms, int count, float* row, float* target)
    {
        float sum = 0;
        for (int i = 0; i < count; i++)
        {
            nint k = terms[i];
            sum = MultiplyAdd(row[k], left[k], sum);
        }

        *target = sum;
    }
}
