using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>Draws an action of each row from its softmax: the first a with exp(z₀ − max z) + … + exp(zₐ − max z) &gt; u Σ exp(z − max z).</summary>
    /// <param name="logits">z, shape [rows, actions] with rows the length of <paramref name="uniforms"/>; finite, or −∞ for an action
    /// that is not allowed.</param>
    /// <param name="uniforms">u, shape [rows], in [0, 1).</param>
    /// <param name="chosen">a, shape [rows], in [0, actions); written.</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    /// <remarks>
    /// <para>An action whose probability is zero in floats is never drawn: a float u below 1 is at most 1 − 2⁻²⁴, so u Σ is rounded to
    /// less than Σ. Whatever the inputs hold, NaN included, the action is in range.</para>
    /// <para>Sums run in the order of the actions. The same draws for every vector width and in any batch. Allocates nothing,
    /// but once a thread for rows of more than 64 actions.</para>
    /// </remarks>
    [SkipLocalsInit]
    public static void CategoricalSample(ReadOnlySpan<float> logits, ReadOnlySpan<float> uniforms, Span<int> chosen)
    {
        int rows = uniforms.Length;
        int actions = KernelArguments.Columns(logits.Length, rows, nameof(logits));
        KernelArguments.ThrowIfLengthDiffers(rows, chosen.Length, nameof(chosen));
        Span<float> memory = actions <= LogitTile.StackActions ? stackalloc float[LogitTile.StackLength] : LogitTile.ThreadMemory(actions);
        Span<float> drawn = stackalloc float[Lanes.Count];
        Span<int> passed = stackalloc int[Lanes.Count];
        drawn.Clear();
        for (int row = 0; row < rows; row += Lanes.Count)
        {
            int count = Math.Min(Lanes.Count, rows - row);
            LogitTile tile = new(logits.Slice(row * actions, count * actions), actions, memory);
            uniforms.Slice(row, count).CopyTo(drawn);
            Vector512<float> threshold = Exponentiate(tile, actions) * Vector512.Create<float>(drawn);
            CountPassed(tile, actions, threshold).CopyTo(passed);
            passed[..count].CopyTo(chosen[row..]);
        }
    }

    /// <summary>Number of actions, of all but the last, up to which a row's sum is not above its threshold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> CountPassed(LogitTile tile, int actions, Vector512<float> threshold)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        Vector512<int> passed = Vector512<int>.Zero;
        for (int action = 0; action < actions - 1; action++)
        {
            sum += tile[action];
            passed -= Vector512.LessThanOrEqual(sum, threshold).AsInt32(); // true is −1
        }

        return passed;
    }
}
