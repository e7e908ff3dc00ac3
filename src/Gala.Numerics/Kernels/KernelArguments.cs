using System.Diagnostics.CodeAnalysis;

namespace Gala.Numerics;

/// <summary>What kernels demand of their arguments: checked once a call, with messages that name the argument.</summary>
internal static class KernelArguments
{
    public static void ThrowIfLengthDiffers(int expected, int actual, string name)
    {
        if (actual != expected)
        {
            ThrowLength(expected, actual, name);
        }
    }

    /// <summary>Number of columns of a [rows, columns] matrix of <paramref name="length"/> elements.</summary>
    public static int Columns(int length, int rows, string name)
    {
        if (rows == 0 ? length != 0 : length % rows != 0 || length == 0)
        {
            ThrowShape(length, rows, name);
        }

        return rows == 0 ? 0 : length / rows;
    }

    /// <summary>Number of rows of a [rows, columns] matrix of <paramref name="length"/> elements.</summary>
    public static int Rows(int length, int columns, string name)
    {
        if (columns < 1)
        {
            throw new ArgumentOutOfRangeException(name, columns, "A row needs at least one column.");
        }

        if (length % columns != 0)
        {
            ThrowShape(length, columns, name);
        }

        return length / columns;
    }

    [DoesNotReturn]
    private static void ThrowLength(int expected, int actual, string name) =>
        throw new ArgumentException($"'{name}' must hold {expected} elements, but holds {actual}.", name);

    [DoesNotReturn]
    private static void ThrowShape(int length, int divisor, string name) =>
        throw new ArgumentException(
            $"'{name}' holds {length} elements, which is no whole number of rows: not a multiple of {divisor}, or empty.", name);
}
