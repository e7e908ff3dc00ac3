namespace Gala.Runs;

/// <summary>What a number of played episodes came to.</summary>
/// <param name="MeanReturn">Mean of the undiscounted returns.</param>
/// <param name="StandardError">Standard error of the mean; 0 for one episode.</param>
/// <param name="MinReturn">Smallest return.</param>
/// <param name="MaxReturn">Largest return.</param>
/// <param name="MeanLength">Environment steps of an episode.</param>
public sealed record EpisodeSample(double MeanReturn, double StandardError, double MinReturn, double MaxReturn, double MeanLength)
{
    /// <summary>Number of episodes that did not end by themselves and were cut. Their returns count as they stood.</summary>
    public int CutEpisodes { get; init; }

    /// <summary>Number of episodes that the returns are without, since a reward of theirs was NaN or infinite, as in training.</summary>
    public int SkippedEpisodes { get; init; }

    /// <summary>Several samples of equally many episodes as one.</summary>
    internal static EpisodeSample Join(IReadOnlyList<EpisodeSample> samples) => new(
        samples.Average(sample => sample.MeanReturn),
        Math.Sqrt(samples.Sum(sample => sample.StandardError * sample.StandardError)) / samples.Count,
        samples.Min(sample => sample.MinReturn),
        samples.Max(sample => sample.MaxReturn),
        samples.Average(sample => sample.MeanLength))
    {
        CutEpisodes = samples.Sum(sample => sample.CutEpisodes),
        SkippedEpisodes = samples.Sum(sample => sample.SkippedEpisodes),
    };

    /// <summary>Sums up; null if no return is finite.</summary>
    internal static EpisodeSample? Of(IReadOnlyList<double> returns, long steps, int cut)
    {
        double[] finite = [.. returns.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return null;
        }

        double mean = finite.Average();
        double squares = finite.Sum(value => (value - mean) * (value - mean));
        double error = finite.Length > 1 ? Math.Sqrt(squares / (finite.Length - 1) / finite.Length) : 0;
        return new EpisodeSample(mean, error, finite.Min(), finite.Max(), (double)steps / returns.Count)
        {
            CutEpisodes = cut,
            SkippedEpisodes = returns.Count - finite.Length,
        };
    }
}
