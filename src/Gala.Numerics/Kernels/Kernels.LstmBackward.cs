using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>The gradients of one step of LSTM cells, from those of h′ and c′ to those of c and of the gates before their activations.</summary>
    /// <param name="gates">i, f, g, o behind their activations, shape [4, n], as <see cref="LstmForward"/> left them.</param>
    /// <param name="cells">c, shape [n].</param>
    /// <param name="nextCells">c′, shape [n].</param>
    /// <param name="outputGradients">∂L/∂h′, shape [n].</param>
    /// <param name="cellGradients">∂L/∂c′, without what goes through h′, shape [n]; replaced by ∂L/∂c.</param>
    /// <param name="gateGradients">∂L/∂(i, f, g, o before their activations), shape [4, n]; written.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>The same bits for every vector width and place in the span. Allocates nothing. The spans must not overlap.</remarks>
    public static void LstmBackward(
        ReadOnlySpan<float> gates,
        ReadOnlySpan<float> cells,
        ReadOnlySpan<float> nextCells,
        ReadOnlySpan<float> outputGradients,
        Span<float> cellGradients,
        Span<float> gateGradients)
    {
        int length = cells.Length;
        KernelArguments.ThrowIfLengthDiffers(4 * length, gates.Length, nameof(gates));
        KernelArguments.ThrowIfLengthDiffers(length, nextCells.Length, nameof(nextCells));
        KernelArguments.ThrowIfLengthDiffers(length, outputGradients.Length, nameof(outputGradients));
        KernelArguments.ThrowIfLengthDiffers(length, cellGradients.Length, nameof(cellGradients));
        KernelArguments.ThrowIfLengthDiffers(4 * length, gateGradients.Length, nameof(gateGradients));
        int whole = Lanes.Whole(length);
        for (int n = 0; n < whole; n += Lanes.Count)
        {
            PassCells(gates, cells, nextCells, outputGradients, cellGradients, gateGradients, n, partial: false);
        }

        if (whole < length)
        {
            PassCells(gates, cells, nextCells, outputGradients, cellGradients, gateGradients, whole, partial: true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PassCells(
        ReadOnlySpan<float> gates,
        ReadOnlySpan<float> cells,
        ReadOnlySpan<float> nextCells,
        ReadOnlySpan<float> outputGradients,
        Span<float> cellGradients,
        Span<float> gateGradients,
        int n,
        bool partial)
    {
        int length = cells.Length;
        Vector512<float> one = Vector512<float>.One;
        Vector512<float> i = Lanes.Load(gates[..length], n, partial), f = Lanes.Load(gates.Slice(length, length), n, partial);
        Vector512<float> g = Lanes.Load(gates.Slice(2 * length, length), n, partial), o = Lanes.Load(gates[(3 * length)..], n, partial);
        Vector512<float> squashed = ElementaryFunctions.Tanh(Lanes.Load(nextCells, n, partial));
        Vector512<float> output = Lanes.Load(outputGradients, n, partial);
        Vector512<float> cell = Lanes.Load(cellGradients, n, partial) + (output * o * (one - (squashed * squashed)));
        Lanes.Store(cell * g * i * (one - i), gateGradients[..length], n, partial);
        Lanes.Store(cell * Lanes.Load(cells, n, partial) * f * (one - f), gateGradients.Slice(length, length), n, partial);
        Lanes.Store(cell * i * (one - (g * g)), gateGradients.Slice(2 * length, length), n, partial);
        Lanes.Store(output * squashed * o * (one - o), gateGradients[(3 * length)..], n, partial);
        Lanes.Store(cell * f, cellGradients, n, partial);
    }
}
