namespace Gala.Runs;

/// <summary>What a number of played episodes came to.</summary>
/// <param name="MeanReturn">Mean of the undiscounted returns.</param>
/// <param name="StandardError">Of the mean; 0 for one episode.</param>
/// <param name="MinReturn">Smallest return.</param>
/// <param name="MaxReturn">Largest return.</param>
/// <param name="MeanLength">Environment steps of an episode.</param>
public sealed record EpisodeSample(double MeanReturn, double StandardError, double MinReturn, double MaxReturn, double MeanLength)
{
    /// <summary>Several samples of equally many episodes as one.</summary>
    internal static EpisodeSample Join(IReadOnlyList<EpisodeSample> samples) => new(
        samples.Average(sample => sample.MeanReturn),
        Math.Sqrt(samples.Sum(sample => sample.StandardError * sample.StandardError)) / samples.Count,
        samples.Min(sample => sample.MinReturn),
        samples.Max(sample => sample.MaxReturn),
        samples.Average(sample => sample.MeanLength));

    internal static EpisodeSample Of(IReadOnlyList<double> returns, long steps)
    {
        double mean = returns.Average();
        double squares = returns.Sum(value => (value - mean) * (value - mean));
        double error = returns.Count > 1 ? Math.Sqrt(squares / (returns.Count - 1) / returns.Count) : 0;
        return new EpisodeSample(mean, error, returns.Min(), returns.Max(), (double)steps / returns.Count);
    }
}
