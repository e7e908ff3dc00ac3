using System.Text.Json;

namespace Gala.Runs;

/// <summary>Files of one JSON object a line.</summary>
internal static class JsonLines
{
    private const int BlockLength = 4_096;

    /// <summary>Leaves the stream at its end, behind a whole line: a last line that a crash cut short is taken away.</summary>
    public static void Repair(FileStream stream)
    {
        long start = LineStart(stream, stream.Length);
        if (start == stream.Length)
        {
            stream.Seek(0, SeekOrigin.End);
            return;
        }

        using JsonDocument? whole = TryParse(ReadLine(stream, start, stream.Length));
        if (whole is not null)
        {
            stream.WriteByte((byte)'\n');
        }
        else
        {
            stream.SetLength(start);
        }

        stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>The object of the last line that has its end; null if there is no such line, or it holds no object.</summary>
    public static JsonDocument? LastWhole(FileStream stream)
    {
        long end = LineStart(stream, stream.Length);
        return end > 0 ? TryParse(ReadLine(stream, LineStart(stream, end - 1), end)) : null;
    }

    /// <summary>Where the line begins that goes on to <paramref name="end"/>: behind the last line end before it.</summary>
    private static long LineStart(FileStream stream, long end)
    {
        byte[] block = new byte[BlockLength];
        while (end > 0)
        {
            int length = (int)Math.Min(BlockLength, end);
            stream.Position = end - length;
            stream.ReadExactly(block, 0, length);
            int last = Array.LastIndexOf(block, (byte)'\n', length - 1, length);
            if (last >= 0)
            {
                return end - length + last + 1;
            }

            end -= length;
        }

        return 0;
    }

    private static byte[] ReadLine(FileStream stream, long start, long end)
    {
        byte[] line = new byte[end - start];
        stream.Position = start;
        stream.ReadExactly(line);
        return line;
    }

    private static JsonDocument? TryParse(byte[] line)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // A line that a crash cut short, or none of ours.
        }

        return null;
    }
}
