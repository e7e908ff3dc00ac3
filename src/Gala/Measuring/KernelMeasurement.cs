namespace Gala.Measuring;

/// <summary>One kernel on its own data, measured in arithmetic or in memory.</summary>
/// <param name="Kernel">What it does.</param>
/// <param name="Size">Rows × inputs × outputs of a product, elements of anything else.</param>
/// <param name="Microseconds">Median time.</param>
/// <param name="MinimumMicroseconds">Shortest time.</param>
/// <param name="GigaflopsPerSecond">Of a product, by the median time.</param>
/// <param name="ShareOfPeak">Of a product; as in <see cref="NetworkMeasurement"/>.</param>
/// <param name="GigabytesPerSecond">Read and written, of anything else.</param>
public sealed record KernelMeasurement(
    string Kernel,
    string Size,
    double Microseconds,
    double MinimumMicroseconds,
    double? GigaflopsPerSecond,
    double? ShareOfPeak,
    double? GigabytesPerSecond);
