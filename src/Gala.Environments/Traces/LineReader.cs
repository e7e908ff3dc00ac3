namespace Gala.Environments;

/// <summary>Reads a stream line by line.</summary>
/// <param name="stream">From its position on.</param>
/// <param name="longestLine">In bytes, at most <see cref="LongestLine"/>.</param>
internal sealed class LineReader(Stream stream, int longestLine = LineReader.LongestLine)
{
    public const int LongestLine = 1 << 26;

    private byte[] _buffer = new byte[1 << 16];
    private int _start; // the bytes read and not handed out yet are [_start, _end)
    private int _end;

    /// <summary>Number of the line handed out last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The next line without its end, valid until the next call; false at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = _start;
        while (true)
        {
            int length = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(searched + length, searched + length + 1);
                return true;
            }

            searched = MakeRoom();
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            if (read == 0)
            {
                bool any = _end > _start;
                line = any ? Take(_end, _end) : [];
                return any;
            }
        }
    }

    private ReadOnlySpan<byte> Take(int end, int next)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, end - _start);
        _start = next;
        Number++;
        return line;
    }

    /// <summary>Moves the unfinished line to the buffer's start and leaves room behind it. Returns where to search on.</summary>
    private int MakeRoom()
    {
        int length = _end - _start;
        if (length >= longestLine)
        {
            throw new InvalidDataException($"line {Number + 1} is longer than {longestLine} bytes");
        }

        byte[] target = length < _buffer.Length ? _buffer : new byte[_buffer.Length * 2];
        _buffer.AsSpan(_start, length).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, length);
        return length;
    }
}
