using System.Diagnostics.CodeAnalysis;

namespace Gala.Learning;

public static partial class A2CLoss
{
    private const float ExpUnderflows = -200; // e⁻²⁰⁰ is 0 in single precision, and −200 · 0 is 0 where −∞ · 0 is not

    /// <summary>One row of ∂L/∂z = Aπ + c_H π(log π + H) − A1ₐ, the factors divided by M already; returns H and log π(a).</summary>
    private static (float Entropy, float LogProbability) PolicyRow(
        ReadOnlySpan<float> logits, Span<float> gradients, int action, float advantage, float entropyCoefficient)
    {
        float largest = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            largest = MathF.Max(largest, logit);
        }

        float sum = 0;
        float moment = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            float shifted = MathF.Max(logits[i] - largest, ExpUnderflows);
            float exponential = MathF.Exp(shifted);
            gradients[i] = exponential;
            sum += exponential;
            moment += exponential * shifted;
        }

        float logSum = MathF.Log(sum);
        float entropy = logSum - (moment / sum);
        for (int i = 0; i < gradients.Length; i++)
        {
            float logProbability = MathF.Max(logits[i] - largest, ExpUnderflows) - logSum;
            gradients[i] = gradients[i] / sum * (advantage + (entropyCoefficient * (logProbability + entropy)));
        }

        gradients[action] -= advantage;
        return (entropy, logits[action] - largest - logSum);
    }

    private static void ValueGradient(ReadOnlySpan<float> values, ReadOnlySpan<float> returns, float factor, Span<float> gradients)
    {
        for (int row = 0; row < gradients.Length; row++)
        {
            gradients[row] = factor * (values[row] - returns[row]);
        }
    }

    /// <summary>Statistics of the critic, in double and in two passes, so that large returns of small variance stay exact.</summary>
    private static (double Loss, double ExplainedVariance, double MeanValue) Critic(ReadOnlySpan<float> values, ReadOnlySpan<float> returns)
    {
        double errors = 0, squares = 0, valueSum = 0, returnSum = 0;
        for (int row = 0; row < values.Length; row++)
        {
            double error = (double)returns[row] - values[row];
            errors += error;
            squares += error * error;
            valueSum += values[row];
            returnSum += returns[row];
        }

        double errorMean = errors / values.Length;
        double returnMean = returnSum / values.Length;
        double errorVariance = 0, returnVariance = 0;
        for (int row = 0; row < values.Length; row++)
        {
            double errorDeviation = (double)returns[row] - values[row] - errorMean;
            double returnDeviation = returns[row] - returnMean;
            errorVariance += errorDeviation * errorDeviation;
            returnVariance += returnDeviation * returnDeviation;
        }

        double explained = returnVariance == 0 ? 0 : 1 - (errorVariance / returnVariance);
        return (squares / values.Length, explained, valueSum / values.Length);
    }

    private static int ThrowUnlessShaped(int logits, int rows)
    {
        if (rows == 0 || logits == 0 || logits % rows != 0)
        {
            ThrowShape($"{logits} logits are not a whole number of actions for each of {rows} rows.", nameof(logits));
        }

        return logits / rows;
    }

    private static void ThrowUnlessLength(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            ThrowShape($"Expected {expected} elements, got {actual}.", name);
        }
    }

    private static int ThrowUnlessAction(int action, int actions)
    {
        if ((uint)action >= (uint)actions)
        {
            ThrowAction(action, actions);
        }

        return action;
    }

    [DoesNotReturn]
    private static void ThrowShape(string message, string name) => throw new ArgumentException(message, name);

    [DoesNotReturn]
    private static void ThrowAction(int action, int actions) =>
        throw new ArgumentOutOfRangeException(nameof(actions), action, $"The action must be in [0, {actions}).");
}
