using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>One RMSProp step in place: g ← cg, s ← αs + (1−α)g², θ ← θ − ηg / (√s + ε), or ηg / √(s + ε).</summary>
    /// <param name="parameters">θ, shape [P]; updated.</param>
    /// <param name="gradients">∂L/∂θ, shape [P], averaged over the batch, not yet clipped.</param>
    /// <param name="meanSquares">s, shape [P], every element ≥ 0; updated.</param>
    /// <param name="gradientScale">c, the factor of clipping, folded in here so that it needs no pass of its own; 1 for none.</param>
    /// <param name="learningRate">η, per update (not per environment step).</param>
    /// <param name="decay">α, dimensionless, in [0, 1).</param>
    /// <param name="epsilon">ε, in the units of g, or of g² inside the root.</param>
    /// <param name="epsilonPlace">Whether ε is added outside the root or inside.</param>
    /// <returns>Σ of the squares of what was subtracted from θ: float sums over the elements of equal index modulo 16 inside blocks
    /// of 4,096, each block's sixteen then added as a tree in double precision, blocks in order, at last the P mod 16 elements
    /// left.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>Source: Tieleman and Hinton 2012, lecture 6e; ε outside as in torch.optim.RMSprop, inside as in Mnih et al. 2016.
    /// An s below 2⁻¹²⁵ fades to 0 at once. Settings are rounded to single precision once. The same bits for every vector width. Allocates nothing. The spans must not
    /// overlap.</remarks>
    public static double RmsPropStep(
        Span<float> parameters,
        ReadOnlySpan<float> gradients,
        Span<float> meanSquares,
        float gradientScale,
        double learningRate,
        double decay,
        double epsilon,
        EpsilonPlace epsilonPlace)
    {
        int length = parameters.Length;
        KernelArguments.ThrowIfLengthDiffers(length, gradients.Length, nameof(gradients));
        KernelArguments.ThrowIfLengthDiffers(length, meanSquares.Length, nameof(meanSquares));
        ref float p = ref MemoryMarshal.GetReference(parameters); // references and offsets, so that nothing is pinned
        ref float g = ref MemoryMarshal.GetReference(gradients);
        ref float s = ref MemoryMarshal.GetReference(meanSquares);
        Vector512<float> scale = Vector512.Create(gradientScale);
        Vector512<float> rate = Vector512.Create((float)learningRate);
        Vector512<float> kept = Vector512.Create((float)decay);
        Vector512<float> added = Vector512.Create((float)(1 - decay));
        // Adding a zero to a number that is not negative changes no bit, so both places fit one formula.
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
                Vector512<float> gradient = Vector512.LoadUnsafe(ref g, i) * scale;
                Vector512<float> meanSquare = Lanes.Flush(Vector512.LoadUnsafe(ref s, i), Lanes.Faint) * kept;
                if (Vector512.EqualsAll(gradient, Vector512<float>.Zero))
                {
                    meanSquare.StoreUnsafe(ref s, i); // weights behind a feature that stayed silent: no root, no division, same bits
                    continue;
                }

                meanSquare += gradient * gradient * added;
                Vector512<float> step = gradient * rate / (Vector512.Sqrt(meanSquare + inside) + outside);
                meanSquare.StoreUnsafe(ref s, i);
                (Vector512.LoadUnsafe(ref p, i) - step).StoreUnsafe(ref p, i);
                squares += step * step;
            }

            squaredChange += Lanes.Sum(squares);
        }

        for (int i = whole; i < length; i++)
        {
            float gradient = gradients[i] * gradientScale;
            meanSquares[i] = (Lanes.Flush(meanSquares[i], Lanes.Faint) * kept[0]) + (gradient * gradient * added[0]);
            float step = gradient * rate[0] / (MathF.Sqrt(meanSquares[i] + inside[0]) + outside[0]);
            parameters[i] -= step;
            squaredChange += (double)step * step;
        }

        return squaredChange;
    }
}
