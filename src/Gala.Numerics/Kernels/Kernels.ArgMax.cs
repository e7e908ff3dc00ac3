namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>Index of the largest element of each row; of equal ones the first, and 0 where the first element is NaN.</summary>
    /// <param name="logits">Shape [rows, actions] with rows the length of <paramref name="indices"/>.</param>
    /// <param name="indices">Shape [rows], in [0, actions); written.</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    /// <remarks>Allocates nothing.</remarks>
    public static void ArgMax(ReadOnlySpan<float> logits, Span<int> indices)
    {
        int actions = KernelArguments.Columns(logits.Length, indices.Length, nameof(logits));
        for (int row = 0; row < indices.Length; row++)
        {
            ReadOnlySpan<float> elements = logits.Slice(row * actions, actions);
            int best = 0;
            for (int i = 1; i < elements.Length; i++)
            {
                best = elements[i] > elements[best] ? i : best;
            }

            indices[row] = best;
        }
    }
}
