using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Where the rows of a product's operand start: row r is item r mod <see cref="ItemsPerGroup"/> of group r / <see cref="ItemsPerGroup"/>.</summary>
/// <remarks>A dense batch has one item a group; a convolution's groups are images and its items the output pixels.
/// The memory belongs to the caller, who keeps it alive during the call.</remarks>
/// <param name="origin">Group 0.</param>
/// <param name="groupStride">Floats from one group to the next.</param>
/// <param name="itemOffsets">Offset of each item from its group's start, in floats; null for one item at the start.</param>
/// <param name="itemsPerGroup">Number of items in a group.</param>
public readonly unsafe struct RowLayout(float* origin, nint groupStride, int* itemOffsets = null, int itemsPerGroup = 1)
{
    /// <summary>Number of items in a group.</summary>
    public int ItemsPerGroup => itemsPerGroup;

    /// <summary>The same rows, all moved by a number of floats.</summary>
    public RowLayout Shifted(nint floats) => new(origin + floats, groupStride, itemOffsets, itemsPerGroup);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float* Row(int group, int item) => origin + (group * groupStride) + (itemOffsets is null ? 0 : itemOffsets[item]);
}
