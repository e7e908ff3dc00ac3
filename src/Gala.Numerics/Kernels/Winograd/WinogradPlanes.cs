namespace Gala.Numerics;

/// <summary>The planes of transformed values of some tiles: plane p, row r is what position p of tile r contributes.</summary>
public sealed unsafe class WinogradPlanes : IDisposable
{
    private readonly AlignedBuffer<float> _values;

    /// <summary>Allocates zeros.</summary>
    /// <param name="count">Planes.</param>
    /// <param name="rows">Tiles.</param>
    /// <param name="columns">Floats of a row: those of a cell, or filters.</param>
    public WinogradPlanes(int count, int rows, int columns)
    {
        const int Vector = 16; // an odd number of vectors apart, so that the planes of a tile do not compete for the same cache lines
        int stride = ((rows * columns / Vector) | 1) * Vector;
        (Count, Rows, Columns, Stride) = (count, rows, columns, stride < rows * columns ? stride + (2 * Vector) : stride);
        _values = new AlignedBuffer<float>(checked(count * Stride));
    }

    /// <summary>Planes.</summary>
    public int Count { get; }

    /// <summary>Tiles.</summary>
    public int Rows { get; }

    /// <summary>Floats of a row.</summary>
    public int Columns { get; }

    /// <summary>Floats from plane to plane.</summary>
    public int Stride { get; }

    /// <summary>Row 0 of a plane. Owned by this object.</summary>
    public float* Plane(int plane) => _values.Data + ((nint)plane * Stride);

    /// <summary>Rows of a plane.</summary>
    public Span<float> RowSpan(int plane, int firstRow, int rows) => _values.Span.Slice((plane * Stride) + (firstRow * Columns), rows * Columns);

    /// <inheritdoc />
    public void Dispose() => _values.Dispose();

    /// <summary>A row of plane 0.</summary>
    internal float* Row(int row) => _values.Data + ((nint)row * Columns);
}
