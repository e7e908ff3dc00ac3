namespace Gala.Learning;

/// <summary>The loss of the advantage actor-critic, with its gradients in closed form.</summary>
/// <remarks>L = c_V · mean((R − V)²) − mean(A log π(a|s)) − c_H · mean(H(π)), with π = softmax(z) and A and R constants.
/// Source: Mnih et al. 2016 (arXiv 1602.01783), section 4; coefficients as in the GALA paper's code.</remarks>
public static partial class A2CLoss
{
    /// <summary>Writes ∂L/∂z and ∂L/∂V, and returns what the loss was made of.</summary>
    /// <param name="logits">z, shape [M, A]; a logit of −∞ rules its action out.</param>
    /// <param name="actions">The actions that were taken, shape [M], each in [0, A).</param>
    /// <param name="values">V, shape [M].</param>
    /// <param name="returns">R, shape [M].</param>
    /// <param name="advantages">Shape [M]; not differentiated.</param>
    /// <param name="coefficients">c_V and c_H.</param>
    /// <param name="logitGradients">∂L/∂z, shape [M, A]: (A(π − 1ₐ) + c_H π(log π + H)) / M; written.</param>
    /// <param name="valueGradients">∂L/∂V, shape [M]: 2c_V(V − R) / M; written.</param>
    /// <exception cref="ArgumentException">There is no row, or the lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An action is not in [0, A).</exception>
    /// <remarks>Allocates nothing. Logits of any finite size are safe: probabilities that underflow add nothing to the entropy.
    /// Gradients are of the mean, so their size does not depend on M. The spans must not overlap.</remarks>
    public static LossStatistics Compute(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> actions,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> returns,
        ReadOnlySpan<float> advantages,
        A2CCoefficients coefficients,
        Span<float> logitGradients,
        Span<float> valueGradients)
    {
        int rows = actions.Length;
        int actionCount = ThrowUnlessShaped(logits.Length, rows);
        ThrowUnlessLength(values.Length, rows, nameof(values));
        ThrowUnlessLength(returns.Length, rows, nameof(returns));
        ThrowUnlessLength(advantages.Length, rows, nameof(advantages));
        ThrowUnlessLength(logitGradients.Length, logits.Length, nameof(logitGradients));
        ThrowUnlessLength(valueGradients.Length, rows, nameof(valueGradients));

        double weightedLogProbabilities = 0;
        double entropies = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> rowLogits = logits.Slice(row * actionCount, actionCount);
            Span<float> gradients = logitGradients.Slice(row * actionCount, actionCount);
            int action = ThrowUnlessAction(actions[row], actionCount);
            (float entropy, float logProbability) =
                PolicyRow(rowLogits, gradients, action, advantages[row] / rows, coefficients.Entropy / rows);
            weightedLogProbabilities += advantages[row] * (double)logProbability;
            entropies += entropy;
        }

        ValueGradient(values, returns, 2 * coefficients.Value / rows, valueGradients);
        (double valueLoss, double explainedVariance, double meanValue) = Critic(values, returns);
        return new LossStatistics(-weightedLogProbabilities / rows, valueLoss, entropies / rows, explainedVariance, meanValue);
    }
}
