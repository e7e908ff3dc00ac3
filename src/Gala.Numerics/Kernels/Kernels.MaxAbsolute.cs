using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>max |xᵢ|; 0 of an empty vector, NaN if an element is NaN.</summary>
    /// <param name="vector">x, any length.</param>
    /// <remarks>Order cannot matter: floats without their sign are ordered as the integers of the same bits, NaN above ∞. Allocates
    /// nothing.</remarks>
    public static float MaxAbsolute(ReadOnlySpan<float> vector) => BitConverter.Int32BitsToSingle(LargestMagnitude(vector));

    /// <summary>The same of rounded numbers, which are not widened for it.</summary>
    /// <inheritdoc cref="MaxAbsolute(ReadOnlySpan{float})"/>
    public static float MaxAbsolute(ReadOnlySpan<BFloat16> vector)
    {
        ref short x = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<BFloat16, short>(vector));
        Vector512<short> largest = Vector512<short>.Zero;
        int whole = Lanes.Whole(vector.Length, Vector512<short>.Count);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector512<short>.Count)
        {
            largest = Vector512.Max(largest, Vector512.LoadUnsafe(ref x, i) & Vector512.Create(short.MaxValue));
        }

        int maximum = 0;
        for (int i = whole; i < vector.Length; i++)
        {
            maximum = Math.Max(maximum, vector[i].Bits & short.MaxValue);
        }

        for (int lane = 0; lane < Vector512<short>.Count; lane++)
        {
            maximum = Math.Max(maximum, largest.GetElement(lane));
        }

        return new BFloat16((ushort)maximum).ToSingle();
    }

    /// <summary>Whether no element is NaN or infinite.</summary>
    /// <param name="vector">Any length.</param>
    /// <remarks>Allocates nothing.</remarks>
    public static bool AllFinite(ReadOnlySpan<float> vector) =>
        LargestMagnitude(vector) < BitConverter.SingleToInt32Bits(float.PositiveInfinity);

    /// <summary>The largest of the elements' bits without their sign.</summary>
    private static int LargestMagnitude(ReadOnlySpan<float> vector)
    {
        ref float x = ref MemoryMarshal.GetReference(vector);
        Vector512<int> largest = Vector512<int>.Zero;
        int whole = Lanes.Whole(vector.Length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            largest = Vector512.Max(largest, Vector512.LoadUnsafe(ref x, i).AsInt32() & Vector512.Create(int.MaxValue));
        }

        int maximum = 0;
        for (int i = whole; i < vector.Length; i++)
        {
            maximum = Math.Max(maximum, BitConverter.SingleToInt32Bits(vector[i]) & int.MaxValue);
        }

        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            maximum = Math.Max(maximum, largest.GetElement(lane));
        }

        return maximum;
    }
}
