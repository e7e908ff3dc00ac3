using Gala.Networks;
using Gala.Numerics;

namespace Gala.Learning;

/// <summary>The mean of the gradients of some of n agents, and from it an estimate of the square of the mean of all n.</summary>
/// <remarks>
/// <para>With G_j = s + noise of variance σ², independent from agent to agent, the mean of all has the expected square s² + σ²/n. That of a sample
/// m = Σ w_j G_j, Σ w_j = 1, is s² + Wσ² with W = Σ w_j². A gradient G_i times the mean r = (m − w_i G_i) / (1 − w_i) of the sample's others has s². So
/// am² + (1 − a) G_i r with a = 1/(nW) has the right expectation. With k equal weights it is what m² − (1/k − 1/n) S², S² the unbiased sample variance,
/// expects: sampling from a finite population.</para>
/// <para>A sample of one tells nothing of the noise: there am² = m²/n, right where all is noise, stands alone.</para>
/// </remarks>
public readonly ref struct SampledGradient
{
    private const double Whole = 1 - 1e-4; // what rounded weights of a mean over all still come to

    /// <summary>Describes a sample.</summary>
    /// <param name="mean">m, shape [P].</param>
    /// <param name="own">G_i, one of its terms, shape [P].</param>
    /// <param name="ownWeight">w_i, in [0, 1]; 0 if the sample is without it.</param>
    /// <param name="squaredWeights">W = Σ w_j², in (0, 1].</param>
    /// <param name="agents">n.</param>
    public SampledGradient(ReadOnlySpan<float> mean, ReadOnlySpan<float> own, double ownWeight, double squaredWeights, int agents)
    {
        Mean = mean;
        Own = own;
        OwnWeight = ownWeight;
        MeanFactor = Math.Min(1, 1 / (agents * squaredWeights));
        IsOfAll = MeanFactor > Whole;
        CrossFactor = IsOfAll || ownWeight == 0 || ownWeight > Whole ? 0 : (1 - MeanFactor) / (1 - ownWeight);
    }

    /// <summary>m, shape [P].</summary>
    public ReadOnlySpan<float> Mean { get; }

    /// <summary>G_i, shape [P].</summary>
    public ReadOnlySpan<float> Own { get; }

    /// <summary>w_i.</summary>
    public double OwnWeight { get; }

    /// <summary>a.</summary>
    public double MeanFactor { get; }

    /// <summary>(1 − a) / (1 − w_i), the factor of G_i (m − w_i G_i).</summary>
    public double CrossFactor { get; }

    /// <summary>Whether the sample is of all agents in equal parts, so that nothing is to be estimated.</summary>
    public bool IsOfAll { get; }

    /// <summary>An estimate of the squared Euclidean norm of the mean of all agents' gradients: at least what it would be if all were noise.</summary>
    public double SquaredNorm()
    {
        double ofMean = Kernels.SumOfSquares(Mean);
        return IsOfAll
            ? ofMean
            : Math.Max(Kernels.SumOfSampledSquares(Mean, Own, MeanFactor, OwnWeight, CrossFactor), ofMean * MeanFactor);
    }

    /// <summary>One step of an optimiser by the mean, with the statistics of the mean of all.</summary>
    /// <param name="optimizer">Of the agent.</param>
    /// <param name="parameters">θ, shape [P]; updated.</param>
    /// <param name="scale">Factor of clipping.</param>
    /// <returns>The Euclidean norm of the change of θ.</returns>
    internal double Step(RmsProp optimizer, Span<float> parameters, float scale) => IsOfAll
        ? optimizer.Step(Mean, parameters, scale)
        : optimizer.Step(Mean, Own, MeanFactor, OwnWeight, CrossFactor, parameters, scale);
}
