using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Gala.Runs;

/// <summary>One event of TensorBoard in the making: a TFRecord frame around a protobuf message.</summary>
/// <remarks>Source: tensorflow/core/util/event.proto and summary.proto: Event { double wall_time = 1; int64 step = 2;
/// string file_version = 3; Summary summary = 5; SessionLog session_log = 7 }, Summary { repeated Value value = 1 },
/// Value { string tag = 1; float simple_value = 2 }, SessionLog { SessionStatus status = 1 }, of which START is 1.
/// A frame is the length (8 bytes), its masked CRC-32C, the message, its masked CRC-32C; all little-endian.</remarks>
internal sealed class EventRecord
{
    private const byte WallTimeField = (1 << 3) | Fixed64;
    private const byte StepField = (2 << 3) | Varint;
    private const byte FileVersionField = (3 << 3) | LengthDelimited;
    private const byte SummaryField = (5 << 3) | LengthDelimited;
    private const byte SessionLogField = (7 << 3) | LengthDelimited;
    private const byte StatusField = (1 << 3) | Varint;
    private const byte StatusStart = 1;
    private const byte ValueField = (1 << 3) | LengthDelimited;
    private const byte TagField = (1 << 3) | LengthDelimited;
    private const byte SimpleValueField = (2 << 3) | Fixed32;
    private const byte Varint = 0;
    private const byte Fixed64 = 1;
    private const byte LengthDelimited = 2;
    private const byte Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _summary = new();
    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly ArrayBufferWriter<byte> _frame = new();

    /// <summary>Empties the record.</summary>
    /// <param name="time">Seconds since 1970 are written.</param>
    /// <param name="step">Any counter; ours counts frames.</param>
    public void Start(DateTimeOffset time, long step)
    {
        _summary.ResetWrittenCount();
        _message.ResetWrittenCount();
        Span<byte> seconds = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(seconds, (time - DateTimeOffset.UnixEpoch).TotalSeconds);
        _message.Write([WallTimeField]);
        _message.Write(seconds);
        _message.Write([StepField]);
        WriteVarint(_message, (ulong)step);
    }

    /// <summary>Makes the record the one that a file starts with.</summary>
    public void SetFileVersion(string version) => WriteText(_message, FileVersionField, version);

    /// <summary>Makes the record the one that a session starts with: readers discard earlier events of its step and of later ones.</summary>
    public void SetSessionStart() => _message.Write((ReadOnlySpan<byte>)[SessionLogField, 2, StatusField, StatusStart]); // 2 bytes follow

    /// <summary>Adds a value; nothing and numbers that are not finite are left out.</summary>
    public void Add(string tag, double? value)
    {
        if (value is not { } number || !float.IsFinite((float)number))
        {
            return;
        }

        Span<byte> single = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(single, (float)number);
        int tagLength = Encoding.UTF8.GetByteCount(tag);
        _summary.Write([ValueField]);
        WriteVarint(_summary, (ulong)(1 + VarintLength((ulong)tagLength) + tagLength + 1 + sizeof(float)));
        WriteText(_summary, TagField, tag);
        _summary.Write([SimpleValueField]);
        _summary.Write(single);
    }

    /// <summary>Writes the frame in one call.</summary>
    public void WriteTo(Stream stream)
    {
        if (_summary.WrittenCount > 0)
        {
            _message.Write([SummaryField]);
            WriteVarint(_message, (ulong)_summary.WrittenCount);
            _message.Write(_summary.WrittenSpan);
        }

        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)_message.WrittenCount);
        _frame.ResetWrittenCount();
        _frame.Write(length);
        WriteChecksum(length);
        _frame.Write(_message.WrittenSpan);
        WriteChecksum(_message.WrittenSpan);
        WholeAppend.Write(stream, _frame.WrittenSpan);
    }

    private void WriteChecksum(ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_frame.GetSpan(sizeof(uint)), Crc32C.Masked(bytes));
        _frame.Advance(sizeof(uint));
    }

    private static void WriteText(ArrayBufferWriter<byte> target, byte field, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        target.Write([field]);
        WriteVarint(target, (ulong)length);
        _ = Encoding.UTF8.GetBytes(text, target.GetSpan(length));
        target.Advance(length);
    }

    private static void WriteVarint(ArrayBufferWriter<byte> target, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            target.Write([(byte)(value | 0x80)]);
        }

        target.Write([(byte)value]);
    }

    private static int VarintLength(ulong value)
    {
        int length = 1;
        for (; value >= 0x80; value >>= 7)
        {
            length++;
        }

        return length;
    }
}
