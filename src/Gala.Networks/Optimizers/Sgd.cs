using Gala.Numerics;

namespace Gala.Networks;

/// <summary>Plain gradient descent: θ ← θ − ηg. Keeps nothing.</summary>
public sealed class Sgd : IOptimizer
{
    private double _learningRate;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="learningRate">η ≥ 0, per update.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or not finite.</exception>
    public Sgd(double learningRate) => LearningRate = learningRate;

    /// <inheritdoc />
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = OptimizerSettings.NotNegative(value, nameof(LearningRate));
    }

    /// <inheritdoc />
    public long Steps { get; set; }

    /// <inheritdoc />
    public IReadOnlyList<string> StateNames => [];

    /// <inheritdoc />
    public Span<float> State(string name) => throw OptimizerSettings.Unknown(name, StateNames);

    /// <inheritdoc />
    public double Step(ReadOnlySpan<float> gradients, Span<float> parameters, float gradientScale)
    {
        Steps++;
        return Math.Sqrt(Kernels.SgdStep(parameters, gradients, gradientScale, _learningRate));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // Nothing is kept.
    }
}
