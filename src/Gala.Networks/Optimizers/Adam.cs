using Gala.Numerics;

namespace Gala.Networks;

/// <summary>Adam with bias correction, without weight decay.</summary>
/// <remarks>Source: Kingma and Ba 2015 (arXiv 1412.6980). The arithmetic is <see cref="Kernels.AdamStep"/>. The statistics start at
/// zero.</remarks>
public sealed class Adam : IOptimizer
{
    private const string MeanName = "adam.m";
    private const string MeanSquareName = "adam.v";

    private readonly AlignedBuffer<float> _means;
    private readonly AlignedBuffer<float> _meanSquares;
    private readonly double _meanDecay;
    private readonly double _meanSquareDecay;
    private readonly double _epsilon;
    private double _learningRate;

    /// <summary>Makes the optimiser of a vector of <paramref name="length"/> parameters.</summary>
    /// <param name="length">P.</param>
    /// <param name="learningRate">η ≥ 0, per update.</param>
    /// <param name="meanDecay">β₁ in [0, 1).</param>
    /// <param name="meanSquareDecay">β₂ in [0, 1).</param>
    /// <param name="epsilon">ε > 0, in the units of the gradients, outside the root.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public Adam(int length, double learningRate, double meanDecay = 0.9, double meanSquareDecay = 0.999, double epsilon = 1e-8)
    {
        LearningRate = learningRate;
        _meanDecay = OptimizerSettings.Decay(meanDecay, nameof(meanDecay));
        _meanSquareDecay = OptimizerSettings.Decay(meanSquareDecay, nameof(meanSquareDecay));
        _epsilon = OptimizerSettings.Epsilon(epsilon, nameof(epsilon));
        _means = new AlignedBuffer<float>(length);
        _meanSquares = new AlignedBuffer<float>(length);
    }

    /// <inheritdoc />
    public double LearningRate
    {
        get => _learningRate;
        set => _learningRate = OptimizerSettings.NotNegative(value, nameof(LearningRate));
    }

    /// <inheritdoc />
    public long Steps { get; set; }

    /// <inheritdoc />
    public IReadOnlyList<string> StateNames { get; } = [MeanName, MeanSquareName];

    /// <inheritdoc />
    public Span<float> State(string name) => name switch
    {
        MeanName => _means.Span,
        MeanSquareName => _meanSquares.Span,
        _ => throw OptimizerSettings.Unknown(name, StateNames),
    };

    /// <inheritdoc />
    public double Step(ReadOnlySpan<float> gradients, Span<float> parameters, float gradientScale)
    {
        Steps++;
        return Math.Sqrt(Kernels.AdamStep(
            parameters,
            gradients,
            _means.Span,
            _meanSquares.Span,
            gradientScale,
            _learningRate,
            _meanDecay,
            _meanSquareDecay,
            _epsilon,
            Steps));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _means.Dispose();
        _meanSquares.Dispose();
    }
}
