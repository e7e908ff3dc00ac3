using System.Globalization;
using System.Text;

namespace Gala.Runs;

/// <summary>Writes single values so that every YAML reader takes them for what they are.</summary>
internal static class YamlScalar
{
    /// <summary>Plain where that is safe, in double quotes with escapes elsewhere, <c>null</c> for nothing.</summary>
    public static string Write(string? text)
    {
        if (text is null)
        {
            return "null";
        }

        if (IsSafePlain(text))
        {
            return text;
        }

        StringBuilder quoted = new("\"");
        foreach (char character in text)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                < ' ' or > '~' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsSafePlain(string text) => text.Length > 0
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '/' or '_' or '-' or '=' or ':' or '+')
        && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '.')
        && text[^1] != ':'
        && !text.Equals("null", StringComparison.OrdinalIgnoreCase);
}
