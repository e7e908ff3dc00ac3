namespace Gala.Learning;

/// <summary>How probable a policy finds actions that were taken.</summary>
public static class LogProbabilities
{
    /// <summary>Writes log π(a|x) = z_a − log Σ exp(z), in nats.</summary>
    /// <param name="logits">z, shape [M, A].</param>
    /// <param name="actions">a, shape [M], each in [0, A).</param>
    /// <param name="destination">Shape [M]; written.</param>
    /// <exception cref="ArgumentException">There is no row, or the lengths do not fit.</exception>
    /// <remarks>Allocates nothing; the largest logit is taken out first, so logits of any finite size are safe. Equal logits give equal
    /// bits, so the ratio of a policy to itself is exactly 1.</remarks>
    public static void OfActions(ReadOnlySpan<float> logits, ReadOnlySpan<int> actions, Span<float> destination)
    {
        if (actions.IsEmpty || logits.Length % actions.Length != 0 || destination.Length != actions.Length)
        {
            throw new ArgumentException(
                $"{logits.Length} logits, {actions.Length} actions and {destination.Length} results do not fit together.", nameof(logits));
        }

        int count = logits.Length / actions.Length;
        for (int row = 0; row < actions.Length; row++)
        {
            destination[row] = OfAction(logits.Slice(row * count, count), actions[row]);
        }
    }

    private static float OfAction(ReadOnlySpan<float> logits, int action)
    {
        float largest = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            largest = MathF.Max(largest, logit);
        }

        float sum = 0;
        foreach (float logit in logits)
        {
            sum += MathF.Exp(logit - largest);
        }

        return logits[action] - largest - MathF.Log(sum);
    }
}
