using System.Buffers.Binary;

namespace Gala.Runs;

/// <summary>A record on the disk: blocks, one after the other, to which only more are added.</summary>
/// <remarks>A block is the length of its content (4 bytes, lowest first), the same with all bits turned, CRC-32C of kind and content (4 bytes), the kind (1 byte), and the
/// content. What a crash has left of a last block is cut off when the file is opened for more. Belongs to one thread.</remarks>
internal sealed class RecordFile : IDisposable
{
    private const int HeadLength = 13; // length, its complement, checksum, kind
    private const int Checked = 12; // where the bytes begin that the checksum is of

    private readonly FileStream _stream;
    private byte[] _frame = new byte[4096];

    /// <summary>Opens a record for more, or begins one.</summary>
    /// <exception cref="InvalidDataException">It is damaged before its end.</exception>
    public RecordFile(string path)
    {
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            byte[] bytes = new byte[_stream.Length];
            _stream.ReadExactly(bytes);
            _stream.SetLength(Parse(bytes, []));
            _stream.Seek(0, SeekOrigin.End);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>All whole blocks of a record.</summary>
    /// <exception cref="InvalidDataException">It is damaged before its end.</exception>
    public static List<RecordBlock> Read(string path)
    {
        List<RecordBlock> blocks = [];
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        _ = Parse(bytes.AsSpan(0, length), blocks);
        return blocks;
    }

    /// <summary>Adds a block.</summary>
    public void Append(RecordBlockKind kind, ReadOnlySpan<byte> content)
    {
        int length = HeadLength + content.Length;
        if (_frame.Length < length)
        {
            _frame = new byte[2 * length];
        }

        Span<byte> frame = _frame.AsSpan(0, length);
        BinaryPrimitives.WriteInt32LittleEndian(frame, content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], ~content.Length);
        frame[Checked] = (byte)kind;
        content.CopyTo(frame[HeadLength..]);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Crc32C.Of(frame[Checked..]));
        _stream.Write(frame);
    }

    /// <summary>Sees that all is on the disk.</summary>
    public void Flush() => _stream.Flush(flushToDisk: true);

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();

    /// <summary>Finds the blocks; returns the length of all that are whole.</summary>
    private static int Parse(ReadOnlySpan<byte> bytes, List<RecordBlock> blocks)
    {
        int start = 0;
        while (bytes.Length - start is > 0 and int left)
        {
            ReadOnlySpan<byte> rest = bytes[start..];
            if (left < HeadLength || !rest.ContainsAnyExcept((byte)0)) // a file system may have made room that was not written to
            {
                break;
            }

            int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length < 0 || BinaryPrimitives.ReadInt32LittleEndian(rest[4..]) != ~length)
            {
                throw Damaged(start);
            }

            if (left - HeadLength < length)
            {
                break;
            }

            if (Crc32C.Of(rest.Slice(Checked, 1 + length)) != BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]))
            {
                if (left == HeadLength + length)
                {
                    break;
                }

                throw Damaged(start);
            }

            blocks.Add(new RecordBlock((RecordBlockKind)rest[Checked], rest.Slice(HeadLength, length).ToArray()));
            start += HeadLength + length;
        }

        return start;
    }

    private static InvalidDataException Damaged(int start) => new(FormattableString.Invariant($"the block at byte {start} is damaged"));
}
