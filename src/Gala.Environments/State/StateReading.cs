using System.Globalization;
namespace Gala.Environments;

/// <summary>Reads saved states with a check of every value, so that foreign data cannot become an impossible state.</summary>
internal static class StateReading
{
    /// <summary>Reads the mark that begins a state of one type.</summary>
    /// <exception cref="InvalidDataException">Another mark stands there.</exception>
    public static void ExpectTag(this BinaryReader reader, uint tag, string what)
    {
        uint found = reader.ReadUInt32();
        if (found != tag)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Not a saved {what}: expected mark {tag:x8}, found {found:x8}."));
        }
    }

    /// <summary>Reads the mark that begins a state of one type, as it is written today or was written before; returns which.</summary>
    /// <exception cref="InvalidDataException">Another mark stands there.</exception>
    public static uint ExpectTag(this BinaryReader reader, uint tag, uint oldTag, string what)
    {
        uint found = reader.ReadUInt32();
        return found == tag || found == oldTag
            ? found
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"Not a saved {what}: expected mark {tag:x8} or {oldTag:x8}, found {found:x8}."));
    }

    /// <summary>Reads a number that must be 0 or more.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static long ReadNotNegative(this BinaryReader reader, string what)
    {
        long value = reader.ReadInt64();
        return value >= 0 ? value : throw new InvalidDataException($"Saved state is damaged: {what} is {value}, not 0 or more.");
    }

    /// <summary>Reads the name that begins a state.</summary>
    /// <exception cref="InvalidDataException">Another name stands there.</exception>
    public static void ExpectName(this BinaryReader reader, string name)
    {
        string found = reader.ReadString();
        if (found != name)
        {
            throw new InvalidDataException($"Not a saved state of {name}: it begins with '{(found.Length > 40 ? found[..40] : found)}'.");
        }
    }

    /// <summary>Reads an integer that must lie in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static int ReadBetween(this BinaryReader reader, int low, int high, string what)
    {
        int value = reader.ReadInt32();
        return value >= low && value <= high
            ? value
            : throw new InvalidDataException($"Saved state is damaged: {what} is {value}, not in {low} to {high}.");
    }

    /// <summary>Runs a restoration and reports data that ends early, or is no text where text is due, as damaged.</summary>
    /// <exception cref="InvalidDataException">The data is not a state of <paramref name="what"/>.</exception>
    public static void Guard(BinaryReader reader, string what, Action<BinaryReader> restore)
    {
        try
        {
            restore(reader);
        }
        catch (Exception problem) when (problem is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"Saved state of {what} is damaged: {EnvironmentException.ReasonOf(problem)}", problem);
        }
    }
}
