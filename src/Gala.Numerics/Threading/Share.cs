namespace Gala.Numerics;

/// <summary>One thread's part of work that several share.</summary>
/// <param name="Index">0 to <paramref name="Count"/> − 1.</param>
/// <param name="Count">Number of parts.</param>
public readonly record struct Share(int Index, int Count)
{
    /// <summary>All of the work.</summary>
    public static Share Whole => new(0, 1);

    /// <summary>The share's stretch of a range. The stretches of all shares follow each other without gaps, as even as can be.</summary>
    /// <param name="length">Of the range.</param>
    /// <param name="unit">Stretches start at multiples of it, so that kernels find whole tiles; positive.</param>
    /// <returns>Where the stretch starts and how long it is; 0 where there are fewer units than shares.</returns>
    public (int First, int Length) Of(int length, int unit = 1)
    {
        int first = Start(Index, length, unit);
        return (first, Start(Index + 1, length, unit) - first);
    }

    private int Start(int index, int length, int unit)
    {
        long units = (length + (long)unit - 1) / unit;
        return (int)Math.Min(length, units * index / Count * unit);
    }
}
