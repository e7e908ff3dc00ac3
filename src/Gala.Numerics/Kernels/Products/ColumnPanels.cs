using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Cuts a matrix's columns into panels of one to three vectors (two without fused multiply-adds), as even as can be: 128 columns of 16 lanes
/// are 32 + 48 + 48.</summary>
/// <param name="Columns">Number of columns.</param>
/// <param name="Lanes">Floats in a vector.</param>
internal readonly record struct ColumnPanels(int Columns, int Lanes)
{
    // Without fused multiply-adds a product takes a register until it is added: a third vector would send sums to the stack and back.
    private static int VectorsInPanel => Kernels.RoundsOnce ? 3 : 2;

    /// <summary>Number of vectors that hold a row; the last one may be partly filled.</summary>
    public int Vectors => (Columns + Lanes - 1) / Lanes;

    /// <summary>Number of panels.</summary>
    public int Count => (Vectors + VectorsInPanel - 1) / VectorsInPanel;

    /// <summary>First vector of a panel; <c>FirstVector(Count)</c> is <see cref="Vectors"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstVector(int panel) => panel * Vectors / Count;
}
