using System.Runtime.CompilerServices;
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
        Sigmoid(gates[..(2 * length)]); // one function a pass: together they are more than the compiler puts into one loop
        Tanh(gates.Slice(2 * length, length));
        Sigmoid(gates[(3 * length)..]);
        int whole = Lanes.Whole(length);
        for (int n = 0; n < whole; n += Lanes.Count)
        {
            NextStates(gates, cells, outputs, nextCells, n, partial: false);
        }

        if (whole < length)
        {
            NextStates(gates, cells, outputs, nextCells, whole, partial: true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NextStates(
        ReadOnlySpan<float> gates, ReadOnlySpan<float> cells, Span<float> outputs, Span<float> nextCells, int n, bool partial)
    {
        int length = cells.Length;
        Vector512<float> i = Lanes.Load(gates[..length], n, partial), f = Lanes.Load(gates.Slice(length, length), n, partial);
        Vector512<float> g = Lanes.Load(gates.Slice(2 * length, length), n, partial), o = Lanes.Load(gates[(3 * length)..], n, partial);
        Vector512<float> next = MultiplyAdd(f, Lanes.Load(cells, n, partial), i * g);
        Lanes.Store(next, nextCells, n, partial);
        Lanes.Store(o * ElementaryFunctions.Tanh(next), outputs, n, partial);
    }
}
