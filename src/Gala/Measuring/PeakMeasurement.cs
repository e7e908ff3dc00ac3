namespace Gala.Measuring;

/// <summary>What one core can do at most.</summary>
/// <param name="Lanes">Floats in a vector; 1 without vectors.</param>
/// <param name="GigaflopsPerSecond">Two for each fused multiply-add of a lane.</param>
public sealed record PeakMeasurement(int Lanes, double GigaflopsPerSecond);
