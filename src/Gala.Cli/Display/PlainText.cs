using System.Text;

namespace Gala.Cli.Display;

/// <summary>Text of others, such as messages of exceptions and what a user typed, as it may be printed.</summary>
internal static class PlainText
{
    public const int LongestLine = 500;

    /// <summary>One line, shortened: control characters, which could break lines or command the terminal, become spaces.</summary>
    public static string Line(string text)
    {
        StringBuilder line = new();
        foreach (char character in text.AsSpan(0, Math.Min(text.Length, LongestLine)))
        {
            _ = line.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        }

        return line.Append(text.Length > LongestLine ? "..." : "").ToString();
    }
}
