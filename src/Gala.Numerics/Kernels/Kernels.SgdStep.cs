using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>One step of plain gradient descent in place: θ ← θ − ηcg.</summary>
    /// <param name="parameters">θ, shape [P]; updated.</param>
    /// <param name="gradients">g = ∂L/∂θ, shape [P], averaged over the batch, not yet clipped.</param>
    /// <param name="gradientScale">c, the factor of clipping; 1 for none.</param>
    /// <param name="learningRate">η, per update.</param>
    /// <returns>Σ of the squares of what was subtracted from θ, summed in the order of <see cref="RmsPropStep"/>.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>The same bits for every vector width. Allocates nothing. The spans must not overlap.</remarks>
    public static double SgdStep(Span<float> parameters, ReadOnlySpan<float> gradients, float gradientScale, double learningRate)
    {
        int length = parameters.Length;
        KernelArguments.ThrowIfLengthDiffers(length, gradients.Length, nameof(gradients));
        ref float p = ref MemoryMarshal.GetReference(parameters);
        ref float g = ref MemoryMarshal.GetReference(gradients);
        Vector512<float> scale = Vector512.Create(gradientScale);
        Vector512<float> rate = Vector512.Create((float)learningRate);
        double squaredChange = 0;
        int whole = Lanes.Whole(length);
        for (int start = 0; start < whole; start += Lanes.SumBlock)
        {
            int end = Math.Min(start + Lanes.SumBlock, whole);
            Vector512<float> squares = Vector512<float>.Zero;
            for (nuint i = (nuint)start; i < (nuint)end; i += Lanes.Count)
            {
                Vector512<float> step = Vector512.LoadUnsafe(ref g, i) * scale * rate;
                (Vector512.LoadUnsafe(ref p, i) - step).StoreUnsafe(ref p, i);
                squares += step * step;
            }

            squaredChange += Lanes.Sum(squares);
        }

        for (int i = whole; i < length; i++)
        {
            float step = gradients[i] * gradientScale * rate[0];
            parameters[i] -= step;
            squaredChange += (double)step * step;
        }

        return squaredChange;
    }
}
