using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>One tile of an outer-product sum.</summary>
internal static unsafe class OuterPanel<TOps, TBlock>
    where TOps : struct, IVectorOps<TBlock>
    where TBlock : struct
{
    private const int MaximumRows = 8;
    private const int HalfRows = 4;

    public static void Run(in OuterProductArguments arguments, int leftColumn, int leftColumns, int firstColumn)
    {
        int columns = Math.Min(TOps.Lanes, arguments.RightColumns - firstColumn);
        float* target = arguments.Target + ((nint)leftColumn * arguments.RightColumns) + firstColumn;
        if (columns == TOps.Lanes)
        {
            Tile(arguments, leftColumn, leftColumns, firstColumn, target, arguments.RightColumns);
        }
        else
        {
            NarrowTile(arguments, leftColumn, leftColumns, firstColumn, columns, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile(
        in OuterProductArguments arguments, int leftColumn, int leftColumns, int firstColumn, float* target, nint targetStride)
    {
        float* left = arguments.Left + leftColumn;
        float* right = arguments.Right + firstColumn;
        switch (leftColumns)
        {
            case MaximumRows:
                OuterTiles<TOps, TBlock>.Eight(left, arguments.LeftOffsets, right, arguments.RightOffsets, arguments.Rows, target, targetStride);
                break;
            case HalfRows:
                OuterTiles<TOps, TBlock>.Four(left, arguments.LeftOffsets, right, arguments.RightOffsets, arguments.Rows, target, targetStride);
                break;
            default:
                OuterTiles<TOps, TBlock>.One(left, arguments.LeftOffsets, right, arguments.RightOffsets, arguments.Rows, target, targetStride);
                break;
        }
    }

    // The last columns do not fill the vectors: the tile is made beside the target, and only its own columns are copied.
    [SkipLocalsInit]
    private static void NarrowTile(
        in OuterProductArguments arguments, int leftColumn, int leftColumns, int firstColumn, int columns, float* target)
    {
        float* spare = stackalloc float[MaximumRows * TOps.Lanes];
        for (int i = 0; i < leftColumns; i++)
        {
            for (int column = 0; column < TOps.Lanes; column++)
            {
                spare[(i * TOps.Lanes) + column] = column < columns ? target[((nint)i * arguments.RightColumns) + column] : 0;
            }
        }

        Tile(arguments, leftColumn, leftColumns, firstColumn, spare, TOps.Lanes);
        for (int i = 0; i < leftColumns; i++)
        {
            new Span<float>(spare + (i * TOps.Lanes), columns).CopyTo(new Span<float>(target + ((nint)i * arguments.RightColumns), columns));
        }
    }
}
