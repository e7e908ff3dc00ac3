namespace Gala.Runs;

/// <summary>Appends to a file all or nothing: a disk that is full takes a part of what is written, and what comes later must not follow a part.</summary>
internal static class WholeAppend
{
    /// <summary>Writes at the stream's end, also where someone else has emptied the file meanwhile.</summary>
    /// <exception cref="IOException">Nothing of it was written, as far as the disk lets go of what it took.</exception>
    public static void Write(Stream stream, ReadOnlySpan<byte> bytes)
    {
        long end = Math.Min(stream.Position, stream.Length);
        stream.Position = end;
        try
        {
            stream.Write(bytes);
        }
        catch (IOException)
        {
            stream.SetLength(end);
            stream.Position = end;
            throw;
        }
    }
}
