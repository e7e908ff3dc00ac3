namespace Gala.Figures;

/// <summary>One pair of axes.</summary>
/// <param name="Title">Above it.</param>
/// <param name="XAxis">What goes across, with its unit.</param>
/// <param name="YAxis">What goes up, with its unit.</param>
/// <param name="Series">Lines.</param>
public sealed record Panel(string Title, string XAxis, string YAxis, IReadOnlyList<Series> Series)
{
    /// <summary>Whether the axis across counts in powers; all X must be positive.</summary>
    public bool LogarithmicX { get; init; }

    /// <summary>Whether the axis up counts in powers; all Y must be positive.</summary>
    public bool LogarithmicY { get; init; }
}
