namespace Gala.Cli.Display;

/// <summary>Writes a path so that a shell takes it for one word, and a command for a path.</summary>
internal static class ShellText
{
    private const string Harmless = "/._-+=:,@%~";
    private const string HarmlessInQuotes = Harmless + " ()[]{}<>|&;*?#'";

    public static string Quote(string path)
    {
        string word = path.StartsWith('-') ? "./" + path : path; // not an option
        return !word.StartsWith('~') && HasOnly(word, Harmless) ? word
            : HasOnly(word, HarmlessInQuotes) ? $"\"{word}\""
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private static bool HasOnly(string word, string harmless) =>
        word.All(character => char.IsLetterOrDigit(character) || harmless.Contains(character, StringComparison.Ordinal));
}
