using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>Σ eᵢ with e = am² + qg(m − pg): the squared norm of the mean of many vectors, estimated from the mean of some of them.</summary>
    /// <param name="mean">m, shape [P]: the mean of some.</param>
    /// <param name="own">g, shape [P]: one of these.</param>
    /// <param name="meanFactor">a, how much of the mean's squares counts.</param>
    /// <param name="ownWeight">p, weight of <paramref name="own"/> in the mean, so that m − pg is what the others gave to it.</param>
    /// <param name="crossFactor">q, how much of the product of the one with the others counts.</param>
    /// <returns>The sum, which may be negative; summed in the order of <see cref="RmsPropStep"/>.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>Factors are rounded to single precision once. The same bits for every vector width. Allocates nothing.</remarks>
    public static double SumOfSampledSquares(
        ReadOnlySpan<float> mean, ReadOnlySpan<float> own, double meanFactor, double ownWeight, double crossFactor)
    {
        int length = mean.Length;
        KernelArguments.ThrowIfLengthDiffers(length, own.Length, nameof(own));
        ref float m = ref MemoryMarshal.GetReference(mean);
        ref float g = ref MemoryMarshal.GetReference(own);
        (float a, float p, float q) = ((float)meanFactor, (float)ownWeight, (float)crossFactor);
        double sum = 0;
        int whole = Lanes.Whole(length);
        for (int start = 0; start < whole; start += Lanes.SumBlock)
        {
            int end = Math.Min(start + Lanes.SumBlock, whole);
            Vector512<float> block = Vector512<float>.Zero;
            for (nuint i = (nuint)start; i < (nuint)end; i += Lanes.Count)
            {
                block += SampledSquare(Vector512.LoadUnsafe(ref m, i), Vector512.LoadUnsafe(ref g, i), Vector512.Create(a), Vector512.Create(p), Vector512.Create(q));
            }

            sum += Lanes.Sum(block);
        }

        for (int i = whole; i < length; i++)
        {
            sum += SampledSquare(mean[i], own[i], a, p, q);
        }

        return sum;
    }

    private static Vector512<float> SampledSquare(
        Vector512<float> mean, Vector512<float> own, Vector512<float> a, Vector512<float> p, Vector512<float> q) =>
        (mean * mean * a) + ((mean - (own * p)) * own * q);

    private static float SampledSquare(float mean, float own, float a, float p, float q) => (mean * mean * a) + ((mean - (own * p)) * own * q);
}
