using System.Globalization;

namespace Gala.Gossip;

/// <summary>A distribution of durations: how long messages travel, or updates take.</summary>
/// <remarks>A draw is a function of two uniform numbers and of nothing else, so equal numbers give equal durations in any order of drawing.</remarks>
public sealed class DurationDistribution
{
    /// <summary>The texts that <see cref="TryParse"/> reads, for people.</summary>
    public const string Forms = "constant/TIME, uniform/LEAST/MOST, exponential/MEAN or lognormal/SIGMA/MEAN, with times such as 2ms";

    private static readonly (string Unit, double Seconds)[] Units = [("us", 1e-6), ("ms", 1e-3), ("s", 1)];

    private readonly Func<double, double, double> _draw; // seconds, of two uniform numbers in [0, 1)

    private DurationDistribution(double meanSeconds, Func<double, double, double> draw) =>
        (Mean, _draw) = (TimeSpan.FromSeconds(meanSeconds), draw);

    /// <summary>No time at all.</summary>
    public static DurationDistribution None { get; } = Constant(TimeSpan.Zero);

    /// <summary>The expected duration.</summary>
    public TimeSpan Mean { get; }

    /// <summary>Always the same.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="duration"/> is negative.</exception>
    public static DurationDistribution Constant(TimeSpan duration) => Uniform(duration, duration);

    /// <summary>Everything between two durations alike.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="least"/> is negative or <paramref name="most"/> below it.</exception>
    public static DurationDistribution Uniform(TimeSpan least, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        (double low, double width) = (least.TotalSeconds, (most - least).TotalSeconds);
        return new DurationDistribution(low + (width / 2), (first, _) => low + (width * first));
    }

    /// <summary>Exponential: density e^(−x/μ) / μ.</summary>
    /// <param name="mean">μ.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mean"/> is negative.</exception>
    public static DurationDistribution Exponential(TimeSpan mean)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mean, TimeSpan.Zero);
        double seconds = mean.TotalSeconds;
        return new DurationDistribution(seconds, (first, _) => -seconds * Math.Log(1 - first));
    }

    /// <summary>Log-normal: many a little below the mean and a few far above, as between machines.</summary>
    /// <param name="sigma">σ, the standard deviation of the logarithm, 0 or more.</param>
    /// <param name="mean">e^(μ + σ²/2).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is negative.</exception>
    public static DurationDistribution LogNormal(double sigma, TimeSpan mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sigma);
        ArgumentOutOfRangeException.ThrowIfLessThan(mean, TimeSpan.Zero);
        double median = mean.TotalSeconds * Math.Exp(-sigma * sigma / 2);
        return new DurationDistribution(mean.TotalSeconds, (first, second) => median * Math.Exp(sigma * Normal(first, second)));
    }

    /// <summary>Reads a distribution such as <c>lognormal/0.5/20ms</c>; see <see cref="Forms"/>.</summary>
    /// <returns>Null if the text is none.</returns>
    public static DurationDistribution? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') switch
        {
            ["constant", string time] when ParseDuration(time) is { } duration => Constant(duration),
            ["uniform", string least, string most] when ParseDuration(least) is { } low && ParseDuration(most) is { } high && low <= high => Uniform(low, high),
            ["exponential", string mean] when ParseDuration(mean) is { } duration => Exponential(duration),
            ["lognormal", string sigma, string mean] when Number(sigma) is { } spread && ParseDuration(mean) is { } duration => LogNormal(spread, duration),
            _ => null,
        };
    }

    /// <summary>Reads a duration such as <c>250us</c>, <c>2ms</c> or <c>1.5s</c>.</summary>
    /// <returns>Null if the text is none.</returns>
    public static TimeSpan? ParseDuration(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach ((string unit, double seconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal) && Number(text[..^unit.Length]) is { } number)
            {
                return TimeSpan.FromSeconds(number * seconds);
            }
        }

        return null;
    }

    /// <summary>The duration that belongs to two uniform numbers in [0, 1).</summary>
    public TimeSpan Draw((double First, double Second) uniforms) => TimeSpan.FromSeconds(_draw(uniforms.First, uniforms.Second));

    /// <summary>Box and Muller 1958.</summary>
    private static double Normal(double first, double second) => Math.Sqrt(-2 * Math.Log(1 - first)) * Math.Cos(2 * Math.PI * second);

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value <= 1e6 ? value : null;
}
