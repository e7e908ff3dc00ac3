using System.Globalization;

namespace Gala.Experiments;

/// <summary>A figure over several seeds as a table shows it.</summary>
/// <param name="Mean">Mean; NaN where there is none.</param>
/// <param name="Low">Lowest.</param>
/// <param name="High">Highest.</param>
internal sealed record SeedRange(double Mean, double Low, double High)
{
    /// <summary>The range of figures, of which those that are not finite are left out.</summary>
    public static SeedRange Of(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        return known.Length == 0 ? new SeedRange(double.NaN, double.NaN, double.NaN) : new SeedRange(known.Average(), known.Min(), known.Max());
    }

    /// <summary>Mean, and lowest to highest.</summary>
    public override string ToString() => !double.IsFinite(Mean) ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{Mean:0.0} ({Low:0.0} to {High:0.0})");
}
