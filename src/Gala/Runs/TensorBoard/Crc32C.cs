using System.Numerics;
using System.Runtime.InteropServices;

namespace Gala.Runs;

/// <summary>CRC-32C (Castagnoli), as RFC 3720 and TensorFlow's records have it.</summary>
internal static class Crc32C
{
    private const uint MaskDelta = 0xA282_EAD8;

    /// <summary>The checksum of the bytes; that of "123456789" is E3069283.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (ulong word in BitConverter.IsLittleEndian ? MemoryMarshal.Cast<byte, ulong>(bytes) : default)
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        foreach (byte rest in BitConverter.IsLittleEndian ? bytes[(bytes.Length & ~7)..] : bytes)
        {
            checksum = BitOperations.Crc32C(checksum, rest);
        }

        return ~checksum;
    }

    /// <summary>The checksum rotated and offset, so that the checksum of data that holds checksums is still a good one.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Of(bytes), 15) + MaskDelta;
}
