using System.Buffers.Binary;
using System.Text;

namespace Gala.Tests.Runs.TensorBoard;

/// <summary>Reads event files from the format's description only, checking every checksum.</summary>
internal static class EventReader
{
    public sealed record Event(double WallTime, long Step, string? FileVersion, IReadOnlyDictionary<string, float> Values, bool StartsSession);

    /// <summary>The events of a folder as TensorBoard shows them: files in order of name; each start of a session but the first one it meets discards
    /// what came before with the same step or a later one.</summary>
    public static List<Event> ReadFolder(string folder)
    {
        List<Event> events = [];
        bool hasStarted = false;
        foreach (Event next in Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(file => Read(File.ReadAllBytes(file))))
        {
            if (next.StartsSession && hasStarted)
            {
                events.RemoveAll(earlier => earlier.Step >= next.Step);
            }

            hasStarted |= next.StartsSession;
            events.Add(next);
        }

        return [.. events.Where(shown => shown.Values.Count > 0)];
    }

    public static List<Event> Read(byte[] file)
    {
        List<Event> events = [];
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            CheckChecksum(file, at, 8);
            CheckChecksum(file, at + 12, length);
            events.Add(ReadEvent(file.AsSpan(at + 12, length)));
            at += 12 + length + 4;
        }

        return events;
    }

    private static void CheckChecksum(byte[] file, int start, int length)
    {
        uint checksum = Crc32CTests.BitByBit(file.AsSpan(start, length));
        uint masked = unchecked(((checksum >> 15) | (checksum << 17)) + 0xA282_EAD8u);
        Assert.Equal(masked, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(start + length)));
    }

    private static Event ReadEvent(ReadOnlySpan<byte> message)
    {
        (double time, long step, string? version, Dictionary<string, float> values, bool starts) = (0, 0, null, [], false);
        foreach ((int field, byte[] content) in Fields(message))
        {
            switch (field)
            {
                case 1:
                    time = BinaryPrimitives.ReadDoubleLittleEndian(content);
                    break;
                case 2:
                    step = BinaryPrimitives.ReadInt64LittleEndian(content);
                    break;
                case 3:
                    version = Encoding.UTF8.GetString(content);
                    break;
                case 7:
                    (int status, byte[] value) = Assert.Single(Fields(content));
                    Assert.Equal((1, 1), (status, BinaryPrimitives.ReadInt64LittleEndian(value)));
                    starts = true;
                    break;
                default:
                    Assert.Equal(5, field);
                    ReadSummary(content, values);
                    break;
            }
        }

        return new Event(time, step, version, values, starts);
    }

    private static void ReadSummary(byte[] summary, Dictionary<string, float> values)
    {
        foreach ((int field, byte[] value) in Fields(summary))
        {
            Assert.Equal(1, field);
            List<(int Field, byte[] Content)> parts = Fields(value);
            Assert.Equal([1, 2], parts.Select(part => part.Field));
            values.Add(Encoding.UTF8.GetString(parts[0].Content), BinaryPrimitives.ReadSingleLittleEndian(parts[1].Content));
        }
    }

    /// <summary>A protobuf message's fields; a varint comes as the 8 bytes of its value.</summary>
    private static List<(int Field, byte[] Content)> Fields(ReadOnlySpan<byte> message)
    {
        List<(int, byte[])> fields = [];
        while (message.Length > 0)
        {
            ulong key = Varint(ref message);
            int length = (key & 7) switch { 0 => -1, 1 => 8, 2 => (int)Varint(ref message), 5 => 4, _ => throw new InvalidDataException() };
            byte[] content = new byte[8];
            if (length < 0)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(content, Varint(ref message));
            }
            else
            {
                content = message[..length].ToArray();
                message = message[length..];
            }

            fields.Add(((int)(key >> 3), content));
        }

        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[0];
            message = message[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
