namespace Gala.Environments;

/// <summary>The 64-bit FNV-1a hash of an observation taken as bytes of 0 and 1.</summary>
internal static class ObservationHash
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    public static ulong Of(ReadOnlySpan<float> observation)
    {
        ulong hash = Offset;
        foreach (float value in observation)
        {
            hash = (hash ^ (byte)value) * Prime;
        }

        return hash;
    }

    public static string Text(ulong hash) => hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    public static bool IsWellFormed(string? text) => text is { Length: 16 } && text.All(char.IsAsciiHexDigitLower);
}
