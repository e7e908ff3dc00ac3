using System.Text.Json;

namespace Gala.Runs;

/// <summary>Files of one JSON object a line.</summary>
internal static class JsonLines
{
    private const int BlockLength = 4_096;

    /// <summary>Leaves the stream at its end, behind a whole line: a last line that a crash cut short is taken away.</summary>
    public static void Repair(FileStream stream)
    {
        long start = LastLineStart(stream);
        if (start == stream.Length)
        {
            stream.Seek(0, SeekOrigin.End);
            return;
        }

        byte[] line = new byte[stream.Length - start];
        stream.Position = start;
        stream.ReadExactly(line);
        if (IsWhole(line))
        {
            stream.WriteByte((byte)'\n');
        }
        else
        {
            stream.SetLength(start);
        }

        stream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Where what follows the last line end starts; the stream's length if nothing follows.</summary>
    private static long LastLineStart(FileStream stream)
    {
        byte[] block = new byte[BlockLength];
        for (long end = stream.Length; end > 0;)
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

    private static bool IsWhole(byte[] line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
