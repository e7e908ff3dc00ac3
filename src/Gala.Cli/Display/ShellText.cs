namespace Gala.Cli.Display;

/// <summary>Writes a path so that a shell takes it for one word, and a command for a path.</summary>
internal static class ShellText
{
    private const string Harmless = "/._-+=:,@%~";
    private const string HarmlessInQuotes = Harmless + " ()[]{}<>|&;*?#'";

    public static string Quote(string path)
    {
        string word = path.StartsWith('-') ? "./" + path : path; // not an option
        return !word.StartsWith('~') && word.All(character => char.IsLetterOrDigit(character) || Harmless.Contains(character, StringComparison.Ordinal)) ? word
            : word.All(character => char.IsLetterOrDigit(character) || HarmlessInQuotes.Contains(character, StringComparison.Ordinal)) ? $"\"{word}\""
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
