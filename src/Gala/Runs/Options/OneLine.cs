using System.Globalization;
using System.Text;

namespace Gala.Runs;

/// <summary>Makes anything fit for a message of one line.</summary>
internal static class OneLine
{
    private const int LongestQuote = 60;
    private const int LongestMessage = 300;
    private const int LongestPath = 1_000;
    private const int LongestLogText = 100_000; // a stack trace is whole, but the log of a fault that repeats stays small

    /// <summary>The text in single quotes, shortened, control characters escaped.</summary>
    public static string Quote(string text) => $"'{Clean(text, LongestQuote)}'";

    /// <summary>A path in single quotes, long enough to be copied.</summary>
    public static string QuotePath(string path) => $"'{Clean(path, LongestPath)}'";

    /// <summary>The text shortened, control characters escaped.</summary>
    public static string Clean(string text) => Clean(text, LongestQuote);

    /// <summary>The message of an exception without the parameter's name that .NET adds.</summary>
    public static string Message(Exception exception)
    {
        string message = TextOf(exception, thrown => thrown.Message);
        int parameter = exception is ArgumentException ? message.IndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return Clean(parameter < 0 ? message : message[..parameter], LongestMessage);
    }

    /// <summary>All that an exception says, with its stack trace. Not on one line.</summary>
    public static string Trace(Exception exception) => TextOf(exception, thrown => thrown.StackTrace is null ? thrown.Message : thrown.ToString());

    /// <summary>A whole message, stack traces too: lines joined, control characters escaped, since whoever reads a log does so in a terminal.</summary>
    public static string LogText(string text)
    {
        string start = (text.Length > LongestLogText ? text[..LongestLogText] : text).ReplaceLineEndings(" ");
        if (!start.Any(char.IsControl) && text.Length <= LongestLogText)
        {
            return start;
        }

        StringBuilder clean = new();
        foreach (char character in start)
        {
            _ = char.IsControl(character) ? clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}") : clean.Append(character);
        }

        return text.Length > LongestLogText ? clean.Append(CultureInfo.InvariantCulture, $"… ({text.Length:N0} characters)").ToString() : clean.ToString();
    }

    /// <summary>What an exception says of itself. Exceptions are the user's code too: one may throw when it is asked, or say nothing.</summary>
    private static string TextOf(Exception exception, Func<Exception, string?> read)
    {
        try
        {
            return read(exception) ?? exception.GetType().Name;
        }
#pragma warning disable CA1031 // whatever it throws, there is a first exception to tell of
        catch (Exception)
#pragma warning restore CA1031
        {
            return exception.GetType().Name;
        }
    }

    private static string Clean(string text, int longest)
    {
        StringBuilder clean = new();
        foreach (char character in text.AsSpan(0, Math.Min(text.Length, longest)))
        {
            _ = char.IsControl(character) || character is '\u2028' or '\u2029' || char.IsSurrogate(character)
                ? clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : clean.Append(character);
        }

        return clean.Append(text.Length > longest ? "…" : "").ToString();
    }
}
