namespace Gala.Measuring;

/// <summary>How long one call takes.</summary>
/// <param name="Microseconds">Median over the samples.</param>
/// <param name="MinimumMicroseconds">Of the fastest sample: what is left when nothing else disturbs.</param>
public readonly record struct Timing(double Microseconds, double MinimumMicroseconds)
{
    /// <summary>10⁹ a second, of something that one call has <paramref name="amount"/> of; by the median.</summary>
    public double GigaPerSecond(double amount) => amount / (Microseconds * 1e3);
}
