namespace Gala.Numerics;

/// <summary>The upper half of a float's bits: its sign and exponent, and 8 significant bits instead of 24.</summary>
/// <param name="Bits">As they travel: 1 sign, 8 exponent, 7 fraction.</param>
public readonly record struct BFloat16(ushort Bits)
{
    private const uint BelowHalf = 0x7FFF; // of the last place kept
    private const uint Quiet = 0x40_0000; // set in a NaN, whose other bits may all be in the half that is cut off

    /// <summary>The nearest one, the even one of two that are as near; off by 2⁻⁸ of the number's magnitude at most. NaN stays NaN.</summary>
    public static BFloat16 Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return new BFloat16((ushort)((float.IsNaN(value) ? bits | Quiet : bits + BelowHalf + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>The same number.</summary>
    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)Bits << 16);
}
