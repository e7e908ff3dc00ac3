using Gala.Gossip;

namespace Gala.Runs;

/// <summary>One decision as it lies in a record: a number whose lowest three bits are its kind, the rest the peer's rank; some are followed by more numbers.</summary>
/// <remarks>Numbers are of seven bits a byte, lowest first, with the highest bit set in all bytes but the last. A message that was taken is followed by how many
/// exchanges its sender was behind, times two, less one if it was ahead by as many.</remarks>
internal static class Decision
{
    /// <summary>Kind of a share: updates done by then, and updates to expect, follow. The kinds below it are those of <see cref="GossipEventKind"/>.</summary>
    public const int Share = 5;

    private const int KindBits = 3;

    /// <summary>Bytes of the longest decision.</summary>
    public const int MostBytes = 3 * 10;

    public static int Write(Span<byte> target, int kind, int peer) => WriteNumber(target, ((ulong)peer << KindBits) | (uint)kind);

    public static int WriteNumber(Span<byte> target, ulong number)
    {
        int length = 0;
        for (; number > 0x7F; number >>= 7)
        {
            target[length++] = (byte)(number | 0x80);
        }

        target[length++] = (byte)number;
        return length;
    }

    public static int WriteSigned(Span<byte> target, long number) => WriteNumber(target, (ulong)((number << 1) ^ (number >> 63)));

    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out int kind, out int peer)
    {
        bool found = TryReadNumber(source, ref position, out ulong number);
        (kind, peer) = ((int)(number & ((1 << KindBits) - 1)), (int)(number >> KindBits));
        return found;
    }

    public static bool TryReadNumber(ReadOnlySpan<byte> source, ref int position, out ulong number)
    {
        number = 0;
        for (int shift = 0; position < source.Length; shift += 7)
        {
            byte part = source[position++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part <= 0x7F)
            {
                return true;
            }
        }

        return false;
    }

    public static bool TryReadSigned(ReadOnlySpan<byte> source, ref int position, out long number)
    {
        bool found = TryReadNumber(source, ref position, out ulong folded);
        number = (long)(folded >> 1) ^ -(long)(folded & 1);
        return found;
    }
}
