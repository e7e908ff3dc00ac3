using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>Sixteen floats side by side, the unit of all element-wise kernels.</summary>
/// <remarks>A <see cref="Vector512{T}"/> is one register, two, four, or an array of sixteen by what the machine has; the operations
/// used on it here are rounded alike in all of these, and sums run in the order of lanes written below, so that a kernel has one
/// source and gives the same bits everywhere.</remarks>
internal static class Lanes
{
    public const int Count = 16;

    /// <summary>Elements after which a sum of floats is carried over to double precision, which bounds the loss by rounding.</summary>
    public const int SumBlock = 4096;

    /// <summary>Elements <paramref name="index"/> to <paramref name="index"/> + 15, of which those from <paramref name="length"/> on are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref readonly float source, int index, int length) => index + Count <= length
        ? Vector512.LoadUnsafe(in source, (nuint)index)
        : LoadFirst(in source, index, length - index);

    /// <summary>Writes elements <paramref name="index"/> to <paramref name="index"/> + 15, but none from <paramref name="length"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, ref float target, int index, int length)
    {
        if (index + Count <= length)
        {
            vector.StoreUnsafe(ref target, (nuint)index);
        }
        else
        {
            StoreFirst(vector, ref target, index, length - index);
        }
    }

    /// <summary>The first <paramref name="count"/> lanes, zero in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> KeepFirst(Vector512<float> vector, int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle() & vector;

    /// <summary>Σ of the lanes in double precision, as a tree: lane j with j + 8, then j + 4, j + 2, j + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector512<float> vector)
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(vector);
        Vector512<double> eight = lower + upper;
        Vector256<double> four = eight.GetLower() + eight.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> LoadFirst(ref readonly float source, int index, int count)
    {
        Vector512<float> vector = Vector512<float>.Zero;
        ref float lane = ref Unsafe.As<Vector512<float>, float>(ref vector);
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref lane, i) = Unsafe.Add(ref Unsafe.AsRef(in source), index + i);
        }

        return vector;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreFirst(Vector512<float> vector, ref float target, int index, int count)
    {
        ref float lane = ref Unsafe.As<Vector512<float>, float>(ref vector);
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, index + i) = Unsafe.Add(ref lane, i);
        }
    }
}
