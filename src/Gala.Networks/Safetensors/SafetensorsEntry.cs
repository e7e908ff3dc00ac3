using System.Text;

namespace Gala.Networks;

/// <summary>What a header says of one tensor.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Element">Type of the elements.</param>
/// <param name="Shape">Sizes, each 0 or more.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">First byte after the tensor.</param>
internal sealed record SafetensorsEntry(string Name, SafetensorsElement Element, int[] Shape, long Begin, long End)
{
    private const int LongestNameShown = 80;

    /// <summary>The name for a message of one line, whatever a broken file has in it.</summary>
    public string QuotedName => Quote(Name);

    /// <summary>Number of elements.</summary>
    public int Length => checked((int)((End - Begin) / SizeOf(Element)));

    public static string NameOf(SafetensorsElement element) => element switch
    {
        SafetensorsElement.Singles => "F32",
        SafetensorsElement.Integers => "I64",
        _ => "U8",
    };

    public static SafetensorsElement? Parse(string name) => name switch
    {
        "F32" => SafetensorsElement.Singles,
        "I64" => SafetensorsElement.Integers,
        "U8" => SafetensorsElement.Bytes,
        _ => null,
    };

    public static int SizeOf(SafetensorsElement element) => element switch
    {
        SafetensorsElement.Singles => sizeof(float),
        SafetensorsElement.Integers => sizeof(long),
        _ => sizeof(byte),
    };

    public static string Quote(string name)
    {
        StringBuilder quoted = new("'");
        foreach (char letter in name.Take(LongestNameShown))
        {
            quoted.Append(char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029' ? '?' : letter);
        }

        return quoted.Append(name.Length > LongestNameShown ? "…'" : "'").ToString();
    }
}
