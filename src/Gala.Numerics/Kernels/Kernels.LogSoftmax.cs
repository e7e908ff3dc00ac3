using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>log pₐ = (zₐ − max z) − ln Σ exp(z − max z) of each row.</summary>
    /// <param name="logits">z, shape [rows, actions], finite, or −∞ for an action that is not allowed; a row holding NaN, ∞ or
    /// only −∞ gives NaN.</param>
    /// <param name="logProbabilities">log p ≤ 0, shape [rows, actions]; written. May be the memory of <paramref name="logits"/>.</param>
    /// <param name="actions">Elements of a row, 1 or more.</param>
    /// <exception cref="ArgumentException">The spans differ in length or hold no whole number of rows.</exception>
    /// <remarks>Sums run in the order of the actions. The same bits for every vector width and in any batch. Allocates nothing,
    /// but once a thread for rows of more than 64 actions.</remarks>
    [SkipLocalsInit]
    public static void LogSoftmax(ReadOnlySpan<float> logits, Span<float> logProbabilities, int actions)
    {
        int rows = KernelArguments.Rows(logits.Length, actions, nameof(logits));
        KernelArguments.ThrowIfLengthDiffers(logits.Length, logProbabilities.Length, nameof(logProbabilities));
        Span<float> memory = actions <= LogitTile.StackActions ? stackalloc float[LogitTile.StackLength] : LogitTile.ThreadMemory(actions);
        for (int row = 0; row < rows; row += Lanes.Count)
        {
            (int start, int length) = (row * actions, Math.Min(Lanes.Count, rows - row) * actions);
            LogitTile tile = new(logits.Slice(start, length), actions, memory);
            tile.SubtractMaximum();
            Vector512<float> total = Vector512<float>.Zero;
            for (int action = 0; action < actions; action++)
            {
                total += ElementaryFunctions.Exp(tile[action]);
            }

            // A total that is NaN has no exponent to take apart: it is handed on as it is.
            Vector512<float> logarithm = Vector512.ConditionalSelect(Vector512.Equals(total, total), ElementaryFunctions.Log(total), total);
            for (int action = 0; action < actions; action++)
            {
                tile[action] -= logarithm;
            }

            tile.CopyTo(logProbabilities.Slice(start, length));
        }
    }
}
