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

    /// <summary>One RMSProp step by the mean of some of many gradients, with mean squares of the mean of all: m ← cm, g ← cg,
    /// s ← max(αs + (1−α)(am² + qg(m − pg)), (1−α)am²), θ ← θ − ηm / (√s + ε), or ηm / √(s + ε).</summary>
    /// <param name="parameters">θ, shape [P]; updated.</param>
    /// <param name="mean">m, shape [P]: the mean of some gradients, not yet clipped.</param>
    /// <param name="own">g, shape [P]: one of these.</param>
    /// <param name="meanSquares">s, shape [P], every element ≥ 0; updated.</param>
    /// <param name="meanFactor">a, above 0: as for <see cref="SumOfSampledSquares"/>.</param>
    /// <param name="ownWeight">p.</param>
    /// <param name="crossFactor">q.</param>
    /// <param name="gradientScale">c, the factor of clipping; 1 for none.</param>
    /// <param name="learningRate">η, per update.</param>
    /// <param name="decay">α, in [0, 1).</param>
    /// <param name="epsilon">ε, in the units of g, or of g² inside the root.</param>
    /// <param name="epsilonPlace">Whether ε is added outside the root or inside.</param>
    /// <returns>Σ of the squares of what was subtracted from θ, summed as in a step by one gradient.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>The estimate of a square may be negative; the lower limit of s keeps it from there and bounds the step by η / √((1−α)a).
    /// The same bits for every vector width. Allocates nothing. The spans must not overlap.</remarks>
    public static double SampledRmsPropStep(
        Span<float> parameters,
        ReadOnlySpan<float> mean,
        ReadOnlySpan<float> own,
        Span<float> meanSquares,
        double meanFactor,
        double ownWeight,
        double crossFactor,
        float gradientScale,
        double learningRate,
        double decay,
        double epsilon,
        EpsilonPlace epsilonPlace)
    {
        int length = parameters.Length;
        KernelArguments.ThrowIfLengthDiffers(length, mean.Length, nameof(mean));
        KernelArguments.ThrowIfLengthDiffers(length, own.Length, nameof(own));
        KernelArguments.ThrowIfLengthDiffers(length, meanSquares.Length, nameof(meanSquares));
        ref float x = ref MemoryMarshal.GetReference(parameters);
        ref float m = ref MemoryMarshal.GetReference(mean);
        ref float g = ref MemoryMarshal.GetReference(own);
        ref float s = ref MemoryMarshal.GetReference(meanSquares);
        Vector512<float> scale = Vector512.Create(gradientScale);
        Vector512<float> rate = Vector512.Create((float)learningRate);
        Vector512<float> kept = Vector512.Create((float)decay);
        Vector512<float> added = Vector512.Create((float)(1 - decay));
        Vector512<float> least = Vector512.Create((float)((1 - decay) * meanFactor));
        Vector512<float> a = Vector512.Create((float)meanFactor);
        Vector512<float> p = Vector512.Create((float)ownWeight);
        Vector512<float> q = Vector512.Create((float)crossFactor);
        Vector512<float> inside = Vector512.Create(epsilonPlace == EpsilonPlace.InsideRoot ? (float)epsilon : 0);
        Vector512<float> outside = Vector512.Create(epsilonPlace == EpsilonPlace.InsideRoot ? 0 : (float)epsilon);
        double squaredChange = 0;
        int whole = Lanes.Whole(length);
        for (int start = 0; start < whole; start += Lanes.SumBlock)
        {
            int end = Math.Min(start + Lanes.SumBlock, whole);
            Vector512<float> squares = Vector512<float>.Zero;
            for (nuint i = (nuint)start; i < (nuint)end; i += Lanes.Count)
            {
                Vector512<float> gradient = Vector512.LoadUnsafe(ref m, i) * scale;
                Vector512<float> one = Vector512.LoadUnsafe(ref g, i) * scale;
                Vector512<float> meanSquare = Vector512.LoadUnsafe(ref s, i) * kept;
                if (Vector512.EqualsAll(gradient, Vector512<float>.Zero) && Vector512.EqualsAll(one, Vector512<float>.Zero))
                {
                    meanSquare.StoreUnsafe(ref s, i); // as in a step by one gradient
                    continue;
                }

                meanSquare = Vector512.Max(meanSquare + (SampledSquare(gradient, one, a, p, q) * added), gradient * gradient * least);
                Vector512<float> step = gradient * rate / (Vector512.Sqrt(meanSquare + inside) + outside);
                meanSquare.StoreUnsafe(ref s, i);
                (Vector512.LoadUnsafe(ref x, i) - step).StoreUnsafe(ref x, i);
                squares += step * step;
            }

            squaredChange += Lanes.Sum(squares);
        }

        for (int i = whole; i < length; i++)
        {
            (float gradient, float one) = (mean[i] * gradientScale, own[i] * gradientScale);
            float meanSquare = (meanSquares[i] * kept[0]) + (SampledSquare(gradient, one, a[0], p[0], q[0]) * added[0]);
            meanSquares[i] = MathF.Max(meanSquare, gradient * gradient * least[0]);
            float step = gradient * rate[0] / (MathF.Sqrt(meanSquares[i] + inside[0]) + outside[0]);
            parameters[i] -= step;
            squaredChange += (double)step * step;
        }

        return squaredChange;
    }

    private static Vector512<float> SampledSquare(
        Vector512<float> mean, Vector512<float> own, Vector512<float> a, Vector512<float> p, Vector512<float> q) =>
        (mean * mean * a) + ((mean - (own * p)) * own * q);

    private static float SampledSquare(float mean, float own, float a, float p, float q) => (mean * mean * a) + ((mean - (own * p)) * own * q);
}
