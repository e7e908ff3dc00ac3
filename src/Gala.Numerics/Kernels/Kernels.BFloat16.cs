using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>y ← x, each element rounded to the nearest (<see cref="BFloat16.Round"/>).</summary>
    /// <param name="source">x, any length.</param>
    /// <param name="target">y, as long.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>NaN stays NaN; what is above the largest finite one becomes ∞. The same bits for every vector width. Allocates nothing.</remarks>
    public static void Round(ReadOnlySpan<float> source, Span<BFloat16> target)
    {
        int length = source.Length;
        KernelArguments.ThrowIfLengthDiffers(length, target.Length, nameof(target));
        ref float x = ref MemoryMarshal.GetReference(source);
        ref ushort y = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<BFloat16, ushort>(target));
        int whole = Lanes.Whole(length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            Narrowed(RoundedBits(Vector512.LoadUnsafe(ref x, i)) >>> 16).StoreUnsafe(ref y, i);
        }

        for (int i = whole; i < length; i++)
        {
            target[i] = BFloat16.Round(source[i]);
        }
    }

    /// <summary>y ← x, exactly.</summary>
    /// <param name="source">x, any length.</param>
    /// <param name="target">y, as long.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>Allocates nothing.</remarks>
    public static void Widen(ReadOnlySpan<BFloat16> source, Span<float> target)
    {
        int length = source.Length;
        KernelArguments.ThrowIfLengthDiffers(length, target.Length, nameof(target));
        ref ushort x = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<BFloat16, ushort>(source));
        ref float y = ref MemoryMarshal.GetReference(target);
        int whole = Lanes.Whole(length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            Widened(ref x, i).StoreUnsafe(ref y, i);
        }

        for (int i = whole; i < length; i++)
        {
            target[i] = source[i].ToSingle();
        }
    }

    /// <summary>x ← x + w (y − r(x)), where y came rounded and r rounds x alike: agents that agree stay as they are, bit for bit.</summary>
    /// <param name="parameters">x, shape [P]; updated.</param>
    /// <param name="received">y, shape [P].</param>
    /// <param name="weight">w of the received vector, in [0, 1].</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <remarks>Source: the form of quantised gossip that keeps the mean, as Koloskova, Stich, Jaggi 2019 (arXiv 1902.00340, section 3) give
    /// it. The plain x + w (y − x) would draw agents that agree onto the coarse grid of y, and undo every update smaller than its mesh.
    /// Off from that by 2⁻⁸ w |x| at most. Each operation rounded: the same bits for every vector width. Allocates nothing.</remarks>
    public static void MixInto(Span<float> parameters, ReadOnlySpan<BFloat16> received, float weight)
    {
        int length = parameters.Length;
        KernelArguments.ThrowIfLengthDiffers(length, received.Length, nameof(received));
        ref float x = ref MemoryMarshal.GetReference(parameters);
        ref ushort y = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<BFloat16, ushort>(received));
        int whole = Lanes.Whole(length);
        for (nuint i = 0; i < (nuint)whole; i += Lanes.Count)
        {
            Vector512<float> own = Vector512.LoadUnsafe(ref x, i);
            (own + ((Widened(ref y, i) - RoundedBits(own).AsSingle()) * weight)).StoreUnsafe(ref x, i);
        }

        for (int i = whole; i < length; i++)
        {
            parameters[i] += (received[i].ToSingle() - BFloat16.Round(parameters[i]).ToSingle()) * weight;
        }
    }

    /// <summary>The bits of the rounded floats, the lower half of each zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> RoundedBits(Vector512<float> vector)
    {
        Vector512<uint> bits = vector.AsUInt32();
        Vector512<uint> rounded = bits + Vector512.Create(0x7FFFu) + ((bits >>> 16) & Vector512<uint>.One);
        Vector512<uint> isNumber = Vector512.Equals(vector, vector).AsUInt32();
        return Vector512.ConditionalSelect(isNumber, rounded, bits | Vector512.Create(0x40_0000u)) & Vector512.Create(0xFFFF_0000u);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Narrowed(Vector512<uint> vector) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector256UInt16(vector)
        : Vector256.Narrow(vector.GetLower(), vector.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Widened(ref ushort source, nuint index)
    {
        Vector256<ushort> narrow = Vector256.LoadUnsafe(ref source, index);
        return ((Avx512F.IsSupported ? Avx512F.ConvertToVector512UInt32(narrow) : Wide(narrow)) << 16).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Wide(Vector256<ushort> narrow)
    {
        (Vector256<uint> lower, Vector256<uint> upper) = Vector256.Widen(narrow);
        return Vector512.Create(lower, upper);
    }
}
