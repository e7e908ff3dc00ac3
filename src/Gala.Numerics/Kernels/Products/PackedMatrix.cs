namespace Gala.Numerics;

/// <summary>The right operand of a product, copied into column panels so that a kernel reads it from front to back.</summary>
/// <remarks>Panel p holds, for each row, the panel's one to three vectors; the columns that fill the last vector are zero.</remarks>
public sealed unsafe class PackedMatrix : IDisposable
{
    private readonly AlignedBuffer<float> _panels;

    /// <summary>Allocates a zero matrix.</summary>
    /// <param name="rows">Length of the sum.</param>
    /// <param name="columns">Outputs.</param>
    /// <param name="width">Vector width of the kernels that will read it; the widest if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public PackedMatrix(int rows, int columns, SimdWidth? width = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        (Rows, Columns, Width) = (rows, columns, width ?? SimdWidth.Widest);
        _panels = new AlignedBuffer<float>(rows * Panels.Vectors * Width.Lanes);
    }

    /// <summary>Length of the sum.</summary>
    public int Rows { get; }

    /// <summary>Number of outputs.</summary>
    public int Columns { get; }

    /// <summary>Vector width of the kernels that read it.</summary>
    public SimdWidth Width { get; }

    /// <summary>Number of panels, which threads can fill side by side.</summary>
    public int PanelCount => Panels.Count;

    internal ColumnPanels Panels => new(Columns, Width.Lanes);

    /// <summary>Copies a row-major matrix in.</summary>
    /// <param name="source">Element (r, c) at r · stride + c. Owned by the caller.</param>
    /// <param name="stride">Floats from row to row.</param>
    public void Pack(float* source, nint stride)
    {
        for (int panel = 0; panel < PanelCount; panel++)
        {
            PackPanel(panel, source, stride);
        }
    }

    /// <summary>Copies one panel's columns in.</summary>
    /// <param name="panel">0 to <see cref="PanelCount"/> − 1.</param>
    /// <param name="source">As for <see cref="Pack"/>.</param>
    /// <param name="stride">As for <see cref="Pack"/>.</param>
    public void PackPanel(int panel, float* source, nint stride)
    {
        (int first, int panelWidth) = Extent(panel);
        int filled = Math.Min(panelWidth, Columns - first);
        float* target = _panels.Data + ((nint)first * Rows);
        for (int row = 0; row < Rows; row++)
        {
            new ReadOnlySpan<float>(source + (row * stride) + first, filled).CopyTo(new Span<float>(target, filled));
            target += panelWidth;
        }
    }

    /// <summary>Copies the transpose of a row-major matrix in.</summary>
    /// <param name="source">Element (r, c) of this matrix at c · stride + r. Owned by the caller.</param>
    /// <param name="stride">Floats from column to column of this matrix.</param>
    public void PackTransposed(float* source, nint stride)
    {
        for (int panel = 0; panel < PanelCount; panel++)
        {
            PackPanelTransposed(panel, source, stride);
        }
    }

    /// <summary>Copies the transpose into one panel's columns.</summary>
    /// <param name="panel">0 to <see cref="PanelCount"/> − 1.</param>
    /// <param name="source">As for <see cref="PackTransposed"/>.</param>
    /// <param name="stride">As for <see cref="PackTransposed"/>.</param>
    public void PackPanelTransposed(int panel, float* source, nint stride)
    {
        (int first, int panelWidth) = Extent(panel);
        int filled = Math.Min(panelWidth, Columns - first);
        Kernels.Transpose(source + (first * stride), stride, filled, Rows, _panels.Data + ((nint)first * Rows), panelWidth);
    }

    /// <inheritdoc />
    public void Dispose() => _panels.Dispose();

    internal float* Panel(int firstVector) => _panels.Data + ((nint)firstVector * Width.Lanes * Rows);

    private (int First, int Width) Extent(int panel)
    {
        ColumnPanels panels = Panels;
        int first = panels.FirstVector(panel);
        return (first * Width.Lanes, (panels.FirstVector(panel + 1) - first) * Width.Lanes);
    }
}
