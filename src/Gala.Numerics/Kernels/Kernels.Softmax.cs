using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>pₐ = exp(zₐ − max z) / Σ exp(z − max z) of each row.</summary>
    /// <param name="logits">z, shape [rows, actions], finite, or −∞ for an action that is not allowed; a row holding NaN, ∞ or
    /// only −∞ gives NaN.</param>
    /// <param name="probabilities">p, shape [rows, actions]; written. May be the memory of <paramref name="logits"/>.</param>
    /// <param name="actions">Elements of a row, 1 or more.</param>
    /// <exception cref="ArgumentException">The spans differ in length or hold no whole number of rows.</exception>
    /// <remarks>Sums run in the order of the actions. The same bits for every vector width and in any batch. Allocates nothing,
    /// but once a thread for rows of more than 64 actions.</remarks>
    [SkipLocalsInit]
    public static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities, int actions)
    {
        int rows = KernelArguments.Rows(logits.Length, actions, nameof(logits));
        KernelArguments.ThrowIfLengthDiffers(logits.Length, probabilities.Length, nameof(probabilities));
        Span<float> memory = actions <= LogitTile.StackActions ? stackalloc float[LogitTile.StackLength] : LogitTile.ThreadMemory(actions);
        for (int row = 0; row < rows; row += Lanes.Count)
        {
            (int start, int length) = (row * actions, Math.Min(Lanes.Count, rows - row) * actions);
            LogitTile tile = new(logits.Slice(start, length), actions, memory);
            Vector512<float> total = Exponentiate(tile, actions);
            for (int action = 0; action < actions; action++)
            {
                tile[action] /= total;
            }

            tile.CopyTo(probabilities.Slice(start, length));
        }
    }

    /// <summary>Replaces z by exp(z − max z) and gives each row's sum, added in the order of the actions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exponentiate(LogitTile tile, int actions)
    {
        tile.SubtractMaximum();
        Vector512<float> total = Vector512<float>.Zero;
        for (int action = 0; action < actions; action++)
        {
            Vector512<float> power = ElementaryFunctions.Exp(tile[action]);
            tile[action] = power;
            total += power;
        }

        return total;
    }
}
