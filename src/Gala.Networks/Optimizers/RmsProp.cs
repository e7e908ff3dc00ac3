using Gala.Numerics;

namespace Gala.Networks;

/// <summary>RMSProp without momentum and without centring: the optimiser of A3C, A2C, GALA and IMPALA.</summary>
/// <remarks>Source: Tieleman and Hinton 2012, lecture 6e. The arithmetic is <see cref="Kernels.RmsPropStep"/>. The statistics start
/// at zero.</remarks>
public sealed class RmsProp : IOptimizer
{
    private const string MeanSquareName = "rmsprop.meanSquare";

    private readonly AlignedBuffer<float> _meanSquares;
    private readonly bool _ownsStatistics = true;
    private readonly double _decay;
    private readonly double _epsilon;
    private readonly EpsilonPlace _epsilonPlace;
    private double _learningRate;

    /// <summary>Makes the optimiser of a vector of <paramref name="length"/> parameters.</summary>
    /// <param name="length">P.</param>
    /// <param name="learningRate">η ≥ 0, per update.</param>
    /// <param name="decay">α in [0, 1).</param>
    /// <param name="epsilon">ε > 0, in the units of the gradients, or of their squares inside the root.</param>
    /// <param name="epsilonPlace">Outside the root as PyTorch, or inside as A3C and IMPALA.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public RmsProp(
        int length,
        double learningRate,
        double decay = 0.99,
        double epsilon = 1e-5,
        EpsilonPlace epsilonPlace = EpsilonPlace.OutsideRoot)
    {
        LearningRate = learningRate;
        _decay = OptimizerSettings.Decay(decay, nameof(decay));
        _epsilon = OptimizerSettings.Epsilon(epsilon, nameof(epsilon));
        _epsilonPlace = epsilonPlace;
        _meanSquares = new AlignedBuffer<float>(length);
    }

    private RmsProp(RmsProp other)
    {
        (_meanSquares, _ownsStatistics) = (other._meanSquares, false);
        (_learningRate, _decay, _epsilon, _epsilonPlace) = (other._learningRate, other._decay, other._epsilon, other._epsilonPlace);
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
    public IReadOnlyList<string> StateNames { get; } = [MeanSquareName];

    /// <inheritdoc />
    public Span<float> State(string name) =>
        name == MeanSquareName ? _meanSquares.Span : throw OptimizerSettings.Unknown(name, StateNames);

    /// <inheritdoc />
    public double Step(ReadOnlySpan<float> gradients, Span<float> parameters, float gradientScale)
    {
        Steps++;
        return Math.Sqrt(Kernels.RmsPropStep(
            parameters, gradients, _meanSquares.Span, gradientScale, _learningRate, _decay, _epsilon, _epsilonPlace));
    }

    /// <summary>One step by the mean of some of many gradients, with mean squares of the mean of all: see
    /// <see cref="Kernels.SampledRmsPropStep"/>.</summary>
    /// <param name="mean">The mean of some, shape [P], not yet clipped.</param>
    /// <param name="own">One of these, shape [P].</param>
    /// <param name="meanFactor">How much of the mean's squares counts, above 0.</param>
    /// <param name="ownWeight">Weight of the one in the mean.</param>
    /// <param name="crossFactor">How much of the product of the one with the others counts.</param>
    /// <param name="parameters">θ, shape [P]; updated.</param>
    /// <param name="gradientScale">Factor on the gradients.</param>
    /// <returns>The Euclidean norm of the change of θ.</returns>
    /// <exception cref="ArgumentException">A span is not of the length that the optimiser was made for.</exception>
    public double Step(
        ReadOnlySpan<float> mean,
        ReadOnlySpan<float> own,
        double meanFactor,
        double ownWeight,
        double crossFactor,
        Span<float> parameters,
        float gradientScale)
    {
        Steps++;
        return Math.Sqrt(Kernels.SampledRmsPropStep(
            parameters,
            mean,
            own,
            _meanSquares.Span,
            meanFactor,
            ownWeight,
            crossFactor,
            gradientScale,
            _learningRate,
            _decay,
            _epsilon,
            _epsilonPlace));
    }

    /// <summary>Another optimiser of the same statistics, with a rate and a count of its own, for a thread that steps at the same time.</summary>
    /// <remarks>Shared without locks, as A3C does (Mnih et al. 2016, arXiv 1602.01783, section 4): an element that two threads update at once
    /// may keep only one of the two changes. To be used no longer than this one lives.</remarks>
    public RmsProp ShareStatistics() => new(this);

    /// <summary>Lets the mean squares lie in another block of memory, and copies them there: see <see cref="AlignedBuffer{T}.MoveInto"/>.</summary>
    /// <param name="home">Where they are to lie.</param>
    /// <param name="start">Index of the first one in it.</param>
    public void MoveMeanSquaresInto(AlignedBuffer<float> home, int start) => _meanSquares.MoveInto(home, start);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_ownsStatistics)
        {
            _meanSquares.Dispose();
        }
    }
}
