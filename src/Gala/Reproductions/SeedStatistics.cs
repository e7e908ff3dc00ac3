using System.Globalization;

namespace Gala.Reproductions;

/// <summary>A figure over several seeds.</summary>
/// <param name="Mean">Not a number where there is none.</param>
/// <param name="Low">The lowest.</param>
/// <param name="High">The highest.</param>
/// <param name="StandardError">Of the mean; 0 with a single seed.</param>
internal sealed record SeedStatistics(double Mean, double Low, double High, double StandardError)
{
    /// <summary>Of figures, of which those that are not finite are left out.</summary>
    public static SeedStatistics Of(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        if (known.Length == 0)
        {
            return new SeedStatistics(double.NaN, double.NaN, double.NaN, 0);
        }

        double mean = known.Average();
        double variance = known.Length > 1 ? known.Sum(value => (value - mean) * (value - mean)) / (known.Length - 1) : 0;
        return new SeedStatistics(mean, known.Min(), known.Max(), Math.Sqrt(variance / known.Length));
    }

    /// <summary>1 if this is higher than another by more than both scatter, −1 if it is lower, 0 between.</summary>
    public int CompareBeyondScatter(SeedStatistics other)
    {
        double scatter = Math.Sqrt((StandardError * StandardError) + (other.StandardError * other.StandardError));
        double difference = Mean - other.Mean;
        return Math.Abs(difference) > scatter ? Math.Sign(difference) : 0;
    }

    /// <summary>Mean, and lowest to highest.</summary>
    public override string ToString() => !double.IsFinite(Mean) ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{Mean:0.0} ({Low:0.0} to {High:0.0})");
}
