using System.IO.Compression;

namespace Gala.Environments;

/// <summary>Replays recorded plays of the MinAtar games and checks that this implementation does the same, step by step.</summary>
/// <remarks>A file holds JSON lines, gzip-compressed or plain; each line is one segment, and one is in memory at a time.</remarks>
public static class TraceReplayer
{
    private const int ShortestLimit = 1 << 16;
    private const int MostExpansion = 100; // real traces shrink to a tenth or so; the format could hide a gigabyte in a megabyte

    private static ReadOnlySpan<byte> GzipMark => [0x1F, 0x8B];

    /// <summary>Replays every segment of a file up to the first disagreement.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or no trace file; the message is one line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TraceReport Replay(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);
        if (!file.CanSeek)
        {
            throw new InvalidDataException($"{path}: not a regular file.");
        }

        return Replay(file, path);
    }

    /// <summary>Replays every segment of a stream up to the first disagreement.</summary>
    /// <param name="stream">Seekable, at its start; not disposed.</param>
    /// <param name="name">What to call it in the report.</param>
    /// <exception cref="InvalidDataException">The data is damaged or no trace; the message is one line.</exception>
    public static TraceReport Replay(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using GZipStream? unzipped = IsGzip(stream) ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : null;
        LineReader lines = new((Stream?)unzipped ?? stream, (int)Math.Clamp(MostExpansion * stream.Length, ShortestLimit, LineReader.LongestLine));
        int segments = 0;
        long steps = 0;
        while (ReadSegment(lines, name) is { } segment)
        {
            SegmentReplay replay = new(segment);
            try
            {
                replay.Run();
            }
            catch (ReplayMismatchException mismatch)
            {
                TraceMismatch first = new(name, segment.Segment, replay.Step, mismatch.Message);
                return new TraceReport(name, segments, steps + Math.Max(0, replay.Step), first);
            }

            segments++;
            steps += segment.Steps;
        }

        return segments > 0 ? new TraceReport(name, segments, steps, null) : throw new InvalidDataException($"{name}: no segment in it.");
    }

    private static bool IsGzip(Stream stream)
    {
        Span<byte> mark = stackalloc byte[2];
        int read = stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return mark[..read].SequenceEqual(GzipMark);
    }

    private static TraceSegment? ReadSegment(LineReader lines, string name)
    {
        try
        {
            return lines.TryRead(out ReadOnlySpan<byte> line) ? TraceSegment.Parse(line) : null;
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"{name}: line {Math.Max(1, lines.Number)}: {problem.Message}.", problem);
        }
    }
}
