using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    /// <summary>g ← g where y &gt; 0, else 0: the gradient at the input of a rectifier from that at its output.</summary>
    /// <param name="outputs">y = max(0, x), shape [n].</param>
    /// <param name="gradients">g, shape [n]; updated.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void MultiplyByReluGradient(ReadOnlySpan<float> outputs, Span<float> gradients)
    {
        ThrowIfNotAsLong(outputs, gradients);
        fixed (float* output = outputs, gradient = gradients)
        {
            switch (SimdWidth.Widest.Lanes)
            {
                case 16:
                    ActivationGradients<Ops512, Vector512<float>>.Relu(output, gradient, outputs.Length);
                    break;
                case 8:
                    ActivationGradients<Ops256, Vector256<float>>.Relu(output, gradient, outputs.Length);
                    break;
                case 4:
                    ActivationGradients<Ops128, Vector128<float>>.Relu(output, gradient, outputs.Length);
                    break;
                default:
                    ActivationGradients<OpsScalar, float>.Relu(output, gradient, outputs.Length);
                    break;
            }
        }
    }

    /// <summary>g ← g (1 − y²): the gradient at the input of tanh from that at its output.</summary>
    /// <param name="outputs">y = tanh(x), shape [n].</param>
    /// <param name="gradients">g, shape [n]; updated.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static void MultiplyByTanhGradient(ReadOnlySpan<float> outputs, Span<float> gradients)
    {
        ThrowIfNotAsLong(outputs, gradients);
        fixed (float* output = outputs, gradient = gradients)
        {
            switch (SimdWidth.Widest.Lanes)
            {
                case 16:
                    ActivationGradients<Ops512, Vector512<float>>.Tanh(output, gradient, outputs.Length);
                    break;
                case 8:
                    ActivationGradients<Ops256, Vector256<float>>.Tanh(output, gradient, outputs.Length);
                    break;
                case 4:
                    ActivationGradients<Ops128, Vector128<float>>.Tanh(output, gradient, outputs.Length);
                    break;
                default:
                    ActivationGradients<OpsScalar, float>.Tanh(output, gradient, outputs.Length);
                    break;
            }
        }
    }

    private static void ThrowIfNotAsLong(ReadOnlySpan<float> outputs, ReadOnlySpan<float> gradients)
    {
        if (outputs.Length != gradients.Length)
        {
            throw new ArgumentException($"There are {outputs.Length} outputs, but {gradients.Length} gradients.", nameof(gradients));
        }
    }
}
