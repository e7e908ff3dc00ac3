namespace Gala.Reproductions;

/// <summary>How much longer n simulators take that wait for each other every α steps than they would if all steps took equally long.</summary>
/// <remarks>The α steps of one simulator take a gamma-distributed time, and the mean of the largest of n such times is near
/// (1 − g) F⁻¹(1 − 1/n) + g F⁻¹(1 − 1/(n e)), with g Euler's constant: the mean of Gumbel's distribution. Source: claim 1 of Liu, Yeh,
/// Schwing 2020, "High-throughput synchronous deep RL", for exponential steps; ours takes gamma-distributed ones as well.</remarks>
internal static class SyncCostModel
{
    private const double EulerConstant = 0.577215664901532861;

    /// <summary>Mean time of the slowest simulator over the mean time of one, at least 1.</summary>
    /// <param name="simulators">n, at least 2.</param>
    /// <param name="interval">α, steps between two meetings.</param>
    /// <param name="shape">k of the gamma distribution of one step; 1 is exponential, less varies more.</param>
    public static double Slowdown(int simulators, int interval, double shape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(simulators, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        double ofInterval = interval * shape; // a sum of α gamma variates is one of α times the shape
        double largest = ((1 - EulerConstant) * GammaDistribution.Quantile(ofInterval, 1 - (1.0 / simulators)))
            + (EulerConstant * GammaDistribution.Quantile(ofInterval, 1 - (1.0 / (simulators * Math.E))));
        return largest / ofInterval;
    }
}
