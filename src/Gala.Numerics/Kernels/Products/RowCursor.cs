using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Walks the rows of a product and hands out their addresses tile by tile.</summary>
internal unsafe struct RowCursor(RowLayout left, RowLayout target, int firstColumn)
{
    private int _group;
    private int _item;

    /// <summary>Writes the addresses of the next rows; a tile with fewer rows than it has places repeats the last row, whose
    /// outputs are then computed and written twice with the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int rows, int places, float** leftRows, float** targetRows)
    {
        for (int i = 0; i < places; i++)
        {
            leftRows[i] = i < rows ? left.Row(_group, _item) : leftRows[i - 1];
            targetRows[i] = i < rows ? target.Row(_group, _item) + firstColumn : targetRows[i - 1];
            if (i < rows && ++_item == left.ItemsPerGroup)
            {
                _item = 0;
                _group++;
            }
        }
    }
}
