using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>One panel of columns of a row product, for all rows.</summary>
internal static unsafe class RowPanel<TOps, TBlock>
    where TOps : struct, IVectorOps<TBlock>
    where TBlock : struct
{
    private const int MaximumRows = 8;
    private const int HalfRows = 4;

    [SkipLocalsInit]
    public static void Run(in RowProductArguments arguments, int firstVector)
    {
        int firstColumn = firstVector * arguments.Right.Width.Lanes;
        int columns = Math.Min(TOps.Lanes, arguments.Right.Columns - firstColumn);
        float* zeros = stackalloc float[TOps.Lanes];
        new Span<float>(zeros, TOps.Lanes).Clear();
        float* start = arguments.Accumulate ? null : arguments.Bias is null ? zeros : arguments.Bias + firstColumn;
        float** left = stackalloc float*[MaximumRows];
        float** target = stackalloc float*[MaximumRows];
        float* spare = stackalloc float[MaximumRows * TOps.Lanes];
        float* right = arguments.Right.Panel(firstVector);
        RowCursor cursor = new(arguments.Left, arguments.Target, firstColumn);
        for (int row = 0; row < arguments.Rows;)
        {
            int rows = TileRows(arguments.Rows - row);
            cursor.Take(rows, rows == 1 ? 1 : rows <= HalfRows ? HalfRows : MaximumRows, left, target);
            if (columns == TOps.Lanes)
            {
                Tile(rows, left, arguments.Segments, right, start, arguments.Floor, target);
            }
            else
            {
                NarrowTile(rows, columns, left, arguments.Segments, right, start, arguments.Floor, target, spare);
            }

            if (arguments.ActivationGradient != ActivationGradient.None)
            {
                PassActivation(arguments, row, rows, firstColumn, columns, target);
            }

            row += rows;
        }
    }

    // While the tile is still in the nearest cache.
    private static void PassActivation(in RowProductArguments arguments, int row, int rows, int firstColumn, int columns, float** target)
    {
        for (int i = 0; i < rows; i++)
        {
            float* outputs = arguments.Activations.Row(row + i, item: 0) + firstColumn;
            if (arguments.ActivationGradient == ActivationGradient.Relu)
            {
                ActivationGradients<TOps, TBlock>.Relu(outputs, target[i], columns);
            }
            else
            {
                ActivationGradients<TOps, TBlock>.Tanh(outputs, target[i], columns);
            }
        }
    }

    // 8s where the registers suffice, then at most one 4, then 2 or 3 in a tile of 4, or 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TileRows(int remaining) =>
        remaining >= MaximumRows && TOps.TileRows == MaximumRows ? MaximumRows : Math.Min(remaining, HalfRows);

    private static void Tile(
        int rows, float** left, in RowSegments segments, float* right, float* start, float floor, float** target)
    {
        switch (rows)
        {
            case MaximumRows:
                RowTiles<TOps, TBlock>.Eight(left, segments, right, start, floor, target);
                break;
            case 1:
                RowTiles<TOps, TBlock>.One(left, segments, right, start, floor, target);
                break;
            default:
                RowTiles<TOps, TBlock>.Four(left, segments, right, start, floor, target);
                break;
        }
    }

    // The last columns do not fill the vectors: the tile is made beside the output, and only its own columns are copied.
    [SkipLocalsInit]
    private static void NarrowTile(
        int rows, int columns, float** left, in RowSegments segments, float* right, float* start, float floor, float** target, float* spare)
    {
        float** spareRows = stackalloc float*[MaximumRows];
        for (int i = 0; i < MaximumRows; i++)
        {
            spareRows[i] = spare + (Math.Min(i, rows - 1) * TOps.Lanes);
            for (int column = 0; start is null && column < TOps.Lanes && i < rows; column++)
            {
                spareRows[i][column] = column < columns ? target[i][column] : 0;
            }
        }

        Tile(rows, left, segments, right, start, floor, spareRows);
        for (int i = 0; i < rows; i++)
        {
            new Span<float>(spareRows[i], columns).CopyTo(new Span<float>(target[i], columns));
        }
    }
}
