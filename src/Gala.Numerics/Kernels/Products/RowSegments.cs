namespace Gala.Numerics;

/// <summary>How the elements of a product's left rows lie: runs of contiguous floats at a fixed distance.</summary>
/// <remarks>A dense row is one run; a convolution's patch is one run for each row of the kernel.</remarks>
/// <param name="Count">Number of runs.</param>
/// <param name="Length">Floats in a run.</param>
/// <param name="Stride">Floats from the start of a run to the start of the next.</param>
public readonly record struct RowSegments(int Count, int Length, int Stride)
{
    /// <summary>Floats in a row.</summary>
    public int TotalLength => Count * Length;

    /// <summary>A contiguous row.</summary>
    public static RowSegments Contiguous(int length) => new(1, length, length);
}
