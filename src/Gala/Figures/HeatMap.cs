namespace Gala.Figures;

/// <summary>A table of numbers as colours.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Values">[row][column], from 0 to 1; what is outside has the colour of the nearest end.</param>
public sealed record HeatMap(string Title, IReadOnlyList<IReadOnlyList<double>> Values)
{
    /// <summary>Names of the rows, to their left; empty for none.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>Names of the columns, below them; empty for none.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}
