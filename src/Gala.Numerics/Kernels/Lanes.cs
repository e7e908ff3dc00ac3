using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>Sixteen floats side by side, the unit of all element-wise kernels.</summary>
/// <remarks>A <see cref="Vector512{T}"/> is one register, two, four, or an array of sixteen by what the machine has; the operations
/// used on it here are rounded alike in all of these, and sums run in the order of lanes written below, so that a kernel has one
/// source and gives the same bits everywhere. What is left beyond the last whole sixteen is done element by element,
/// or with the missing lanes at zero.</remarks>
internal static class Lanes
{
    public const int Count = 16;

    /// <summary>Elements after which a sum of floats is carried over to double precision, which bounds the loss by rounding.</summary>
    public const int SumBlock = 4096;

    /// <summary>2⁻¹²⁵, twice the smallest normal number: what lies above may still fade by a factor without becoming subnormal.</summary>
    public const float Faint = 2.3509887e-38f;

    /// <summary>2⁻⁵⁶: the square of what lies above may still be weighted without becoming subnormal.</summary>
    public const float FaintRoot = 1.3877788e-17f;

    /// <summary>The largest multiple of <paramref name="unit"/>, a power of two, that is not above <paramref name="length"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Whole(int length, int unit = Count) => length & -unit;

    /// <summary>x, with 0 in place of elements nearer to 0 than <paramref name="limit"/>. NaN stays.</summary>
    /// <remarks>Processors take some hundred times as long over a subnormal number, and what fades by a factor ends as one: it never gets to 0
    /// by itself, since 0.99 times the smallest number is rounded to that number.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Flush(Vector512<float> vector, float limit) =>
        Vector512.AndNot(vector, Vector512.LessThan(Vector512.Abs(vector), Vector512.Create(limit)));

    /// <inheritdoc cref="Flush(Vector512{float}, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Flush(float element, float limit) => MathF.Abs(element) < limit ? 0 : element;

    /// <summary>Sixteen floats from <paramref name="index"/> on; where <paramref name="partial"/> those that there are, then zeros.</summary>
    /// <remarks>A constant <paramref name="partial"/> leaves one instruction in a loop over whole sixteens.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ReadOnlySpan<float> source, int index, bool partial) => partial
        ? LoadPartial(source[index..])
        : Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)index);

    /// <summary>Writes from <paramref name="index"/> on; where <paramref name="partial"/> no further than the span's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, Span<float> target, int index, bool partial)
    {
        if (partial)
        {
            StorePartial(vector, target[index..]);
        }
        else
        {
            vector.StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)index);
        }
    }

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

    private static Vector512<float> LoadPartial(ReadOnlySpan<float> source)
    {
        Span<float> lanes = stackalloc float[Count];
        lanes.Clear();
        source.CopyTo(lanes);
        return Vector512.Create<float>(lanes);
    }

    private static void StorePartial(Vector512<float> vector, Span<float> target)
    {
        Span<float> lanes = stackalloc float[Count];
        vector.CopyTo(lanes);
        lanes[..target.Length].CopyTo(target);
    }
}
