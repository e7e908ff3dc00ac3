using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gala.Runs;

namespace Gala.Tests.Runs.TensorBoard;

public sealed class Crc32CTests
{
    [Fact]
    public void Of_KnownTexts_GivesTheKnownChecksums()
    {
        Assert.Equal(0xE306_9283u, Crc32C.Of(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0u, Crc32C.Of([]));
        Assert.Equal(0x8A91_36AAu, Crc32C.Of(new byte[32])); // RFC 3720, B.4
        Assert.Equal(0x62A8_AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD_794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
    }

    [Fact]
    public void Masked_Checksum_IsRotatedAndOffset() =>
        Assert.Equal(unchecked(((0xE306_9283u >> 15) | (0xE306_9283u << 17)) + 0xA282_EAD8u), Crc32C.Masked("123456789"u8));

    [Fact]
    public void Of_AnyBytes_EqualsBitByBit() =>
        Prop.ForAll<byte[]>(bytes => Crc32C.Of(bytes) == BitByBit(bytes)).QuickCheckThrowOnFailure();

    internal static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            checksum ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                checksum = (checksum & 1) == 0 ? checksum >> 1 : (checksum >> 1) ^ 0x82F6_3B78;
            }
        }

        return ~checksum;
    }
}
