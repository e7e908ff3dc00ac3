namespace Gala.Measuring;

/// <summary>One pass of one layer, on observations and weights without zeros.</summary>
/// <param name="Preset">Name of the network.</param>
/// <param name="Layer">As in <see cref="Gala.Networks.LayerPass"/>.</param>
/// <param name="Pass">As in <see cref="Gala.Networks.LayerPass"/>.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Microseconds">Median time.</param>
/// <param name="MinimumMicroseconds">Shortest time.</param>
/// <param name="GigaflopsPerSecond">Work by plain arithmetic, by the median time; null for passes without multiply-adds, such as pooling.</param>
/// <param name="ShareOfPeak">As in <see cref="NetworkMeasurement"/>.</param>
public sealed record LayerMeasurement(
    string Preset,
    string Layer,
    string Pass,
    int Rows,
    double Microseconds,
    double MinimumMicroseconds,
    double? GigaflopsPerSecond,
    double? ShareOfPeak);
