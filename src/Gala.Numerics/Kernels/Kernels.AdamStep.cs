using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>One Adam step in place: g ← cg, m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − η m̂ / (√v̂ + ε),
    /// with m̂ = m / (1−β₁ᵗ) and v̂ = v / (1−β₂ᵗ).</summary>
    /// <param name="parameters">θ, shape [P]; updated.</param>
    /// <param name="gradients">∂L/∂θ, shape [P], averaged over the batch, not yet clipped.</param>
    /// <param name="means">m, shape [P]; updated.</param>
    /// <param name="meanSquares">v, shape [P], every element ≥ 0; updated.</param>
    /// <param name="gradientScale">c, the factor of clipping, folded in here so that it needs no pass of its own; 1 for none.</param>
    /// <param name="learningRate">η, per update.</param>
    /// <param name="meanDecay">β₁, in [0, 1).</param>
    /// <param name="meanSquareDecay">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε, in the units of g, added outside the root.</param>
    /// <param name="updates">t, number of steps with this one: 1 for the first.</param>
    /// <returns>Σ of the squares of what was subtracted from θ, summed in the order of <see cref="RmsPropStep"/>.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="updates"/> is below 1.</exception>
    /// <remarks>Source: Kingma and Ba 2015 (arXiv 1412.6980), algorithm 1; corrections taken outside the vectors in double precision,
    /// as torch.optim.Adam does. An m nearer to 0 than 2⁻⁵⁶ and a v below 2⁻¹²⁵ fade to 0 at once. The same bits for every vector width. Allocates nothing. The spans must not overlap.</remarks>
    public static double AdamStep(
        Span<float> parameters,
        ReadOnlySpan<float> gradients,
        Span<float> means,
        Span<float> meanSquares,
        float gradientScale,
        double learningRate,
        double meanDecay,
        double meanSquareDecay,
        double epsilon,
        long updates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(updates, 1);
        int length = parameters.Length;
        KernelArguments.ThrowIfLengthDiffers(length, gradients.Length, nameof(gradients));
        KernelArguments.ThrowIfLengthDiffers(length, means.Length, nameof(means));
        KernelArguments.ThrowIfLengthDiffers(length, meanSquares.Length, nameof(meanSquares));
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float m = ref MemoryMarshal.GetReference(means);
        ref float v = ref MemoryMarshal.GetReference(meanSquares);
        Vector512<float> scale = Vector512.Create(gradientScale);
        Vector512<float> rate = Vector512.Create((float)(learningRate / (1 - Math.Pow(meanDecay, updates))));
        Vector512<float> rootCorrection = Vector512.Create((float)(1 / Math.Sqrt(1 - Math.Pow(meanSquareDecay, updates))));
        Vector512<float> keptMean = Vector512.Create((float)meanDecay);
        Vector512<float> addedMean = Vector512.Create((float)(1 - meanDecay));
        Vector512<float> keptSquare = Vector512.Create((float)meanSquareDecay);
        Vector512<float> addedSquare = Vector512.Create((float)(1 - meanSquareDecay));
        Vector512<float> outside = Vector512.Create((float)epsilon);
        double squaredChange = 0;
        int whole = Lanes.Whole(length);
        for (int start = 0; start < whole; start += Lanes.SumBlock)
        {
            int end = Math.Min(start + Lanes.SumBlock, whole);
            Vector512<float> squares = Vector512<float>.Zero;
            for (nuint i = (nuint)start; i < (nuint)end; i += Lanes.Count)
            {
                Vector512<float> gradient = Vector512.LoadUnsafe(ref g, i) * scale;
                Vector512<float> mean = (Lanes.Flush(Vector512.LoadUnsafe(ref m, i), Lanes.FaintRoot) * keptMean) + (gradient * addedMean);
                Vector512<float> meanSquare = (Lanes.Flush(Vector512.LoadUnsafe(ref v, i), Lanes.Faint) * keptSquare) + (gradient * gradient * addedSquare);
                Vector512<float> step = mean * rate / ((Vector512.Sqrt(meanSquare) * rootCorrection) + outside);
                mean.StoreUnsafe(ref m, i);
                meanSquare.StoreUnsafe(ref v, i);
                (Vector512.LoadUnsafe(ref p, i) - step).StoreUnsafe(ref p, i);
                step = Lanes.Flush(step, Lanes.FaintRoot);
                squares += step * step;
            }

            squaredChange += Lanes.Sum(squares);
        }

        for (int i = whole; i < length; i++)
        {
            float gradient = gradients[i] * gradientScale;
            means[i] = (Lanes.Flush(means[i], Lanes.FaintRoot) * keptMean[0]) + (gradient * addedMean[0]);
            meanSquares[i] = (Lanes.Flush(meanSquares[i], Lanes.Faint) * keptSquare[0]) + (gradient * gradient * addedSquare[0]);
            float step = means[i] * rate[0] / ((MathF.Sqrt(meanSquares[i]) * rootCorrection[0]) + outside[0]);
            parameters[i] -= step;
            step = Lanes.Flush(step, Lanes.FaintRoot);
            squaredChange += (double)step * step;
        }

        return squaredChange;
    }
}
