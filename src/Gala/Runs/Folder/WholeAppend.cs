namespace Gala.Runs;

/// <summary>Appends to a file all or nothing: a disk that is full takes a part of what is written, and what comes later must not follow a part.</summary>
internal static class WholeAppend
{
    /// <summary>Writes at the stream's end.</summary>
    /// <exception cref="IOException">Nothing of it was written, as far as the disk lets go of what it took.</exception>
    public static void Write(Stream stream, ReadOnlySpan<byte> bytes)
    {
        long end = stream.Position;
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
