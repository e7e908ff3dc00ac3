using System.Numerics;
using System.Runtime.CompilerServices;

namespace Gala.Environments.MinAtar;

/// <summary>The 10 × 10 board: cells are numbered y · 10 + x, and a set of cells is 100 bits in that order.</summary>
internal static class Board
{
    public const int Size = 10;
    public const int Last = Size - 1;
    public const int Cells = Size * Size;

    public static readonly UInt128 All = (UInt128.One << Cells) - 1;
    public static readonly UInt128 LastRow = Rows(Last, 1);
    public static readonly UInt128 FirstColumn = Column(0);
    public static readonly UInt128 LastColumn = Column(Last);

    /// <summary>Whether (x, y) lies on the board with y known to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasColumn(int x) => (uint)x < Size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Cell(int x, int y) => (y * Size) + x;

    public static UInt128 Bit(int x, int y) => UInt128.One << Cell(x, y);

    public static bool Has(UInt128 cells, int x, int y) => (cells & Bit(x, y)) != 0;

    /// <summary>Sets one channel of every cell of a set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Mark(UInt128 cells, int channel, int channels, Span<float> observation)
    {
        Mark((ulong)cells, 0, channel, channels, observation);
        Mark((ulong)(cells >> 64), 64, channel, channels, observation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mark(ulong cells, int firstCell, int channel, int channels, Span<float> observation)
    {
        for (; cells != 0; cells &= cells - 1)
        {
            observation[((firstCell + BitOperations.TrailingZeroCount(cells)) * channels) + channel] = 1;
        }
    }

    private static UInt128 Rows(int first, int count) => ((UInt128.One << (count * Size)) - 1) << (first * Size);

    private static UInt128 Column(int x)
    {
        UInt128 column = 0;
        for (int y = 0; y < Size; y++)
        {
            column |= Bit(x, y);
        }

        return column;
    }
}
