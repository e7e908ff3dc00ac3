using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>One step of LSTM cells behind the products: i, f, o ← σ, g ← tanh, then c′ = f c + i g and h′ = o tanh c′.</summary>
    /// <param name="gates">i, f, g, o before their activations, shape [4, n]; replaced by those behind, which <see cref="LstmBackward"/> takes.</param>
    /// <param name="cells">c, shape [n].</param>
    /// <param name="outputs">h′, shape [n]; written.</param>
    /// <param name="nextCells">c′, shape [n]; written.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>Source: Hochreiter and Schmidhuber 1997, with the forget gate of Gers, Schmidhuber and Cummins 2000. The same bits for
    /// every vector width and place in the span. Allocates nothing. The spans must not overlap.</remarks>
    public static void LstmForward(Span<float> gates, ReadOnlySpan<float> cells, Span<float> outputs, Span<float> nextCells)
    {
        int length = cells.Length;
        KernelArguments.ThrowIfLengthDiffers(4 * length, gates.Length, nameof(gates));
        KernelArguments.ThrowIfLengthDiffers(length, outputs.Length, nameof(outputs));
        KernelArguments.ThrowIfLengthDiffers(length, nextCells.Length, nameof(nextCells));
        Span<float> inputGates = gates[..length], forgetGates = gates.Slice(length, length);
        Span<float> candidates = gates.Slice(2 * length, length), outputGates = gates[(3 * length)..];
        for (int n = 0; n < length; n += Lanes.Count)
        {
            Vector512<float> i = ElementaryFunctions.Sigmoid(Lanes.Load(inputGates, n));
            Vector512<float> f = ElementaryFunctions.Sigmoid(Lanes.Load(forgetGates, n));
            Vector512<float> g = ElementaryFunctions.Tanh(Lanes.Load(candidates, n));
            Vector512<float> o = ElementaryFunctions.Sigmoid(Lanes.Load(outputGates, n));
            Vector512<float> next = Vector512.FusedMultiplyAdd(f, Lanes.Load(cells, n), i * g);
            Lanes.Store(i, inputGates, n);
            Lanes.Store(f, forgetGates, n);
            Lanes.Store(g, candidates, n);
            Lanes.Store(o, outputGates, n);
            Lanes.Store(next, nextCells, n);
            Lanes.Store(o * ElementaryFunctions.Tanh(next), outputs, n);
        }
    }
}
