using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
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
    /// <remarks>An s below 2⁻¹²⁵ fades to 0 at once. The estimate of a square may be negative; the lower limit of s keeps it from there and bounds the step by η / √((1−α)a).
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
                Vector512<float> meanSquare = Lanes.Flush(Vector512.LoadUnsafe(ref s, i), Lanes.Faint) * kept;
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
            float meanSquare = (Lanes.Flush(meanSquares[i], Lanes.Faint) * kept[0]) + (SampledSquare(gradient, one, a[0], p[0], q[0]) * added[0]);
            meanSquares[i] = MathF.Max(meanSquare, gradient * gradient * least[0]);
            float step = gradient * rate[0] / (MathF.Sqrt(meanSquares[i] + inside[0]) + outside[0]);
            parameters[i] -= step;
            squaredChange += (double)step * step;
        }

        return squaredChange;
    }
}
