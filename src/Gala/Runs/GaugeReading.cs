namespace Gala.Runs;

/// <summary>What a figure of an architecture was at a moment.</summary>
/// <param name="Name">In camelCase.</param>
/// <param name="Caption">For people.</param>
/// <param name="Value">Finite.</param>
public sealed record GaugeReading(string Name, string Caption, double Value);
