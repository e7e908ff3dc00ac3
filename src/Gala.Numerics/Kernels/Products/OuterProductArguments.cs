namespace Gala.Numerics;

/// <summary>Everything an outer-product sum works on, gathered so that choosing the vector width passes one reference.</summary>
internal readonly unsafe struct OuterProductArguments
{
    // Row k of the left operand is at Left + LeftOffsets[k], of the right one at Right + RightOffsets[k].
    public required int Rows { get; init; }

    public required float* Left { get; init; }

    public required int* LeftOffsets { get; init; }

    public required int LeftColumns { get; init; }

    public required float* Right { get; init; }

    public required int* RightOffsets { get; init; }

    public required int RightColumns { get; init; }

    // Shape [LeftColumns, RightColumns], row-major without gaps.
    public required float* Target { get; init; }
}
