using System.Globalization;

namespace Gala.Runs;

/// <summary>Names new run folders.</summary>
internal static class RunFolderName
{
    private const int LongestEnvironment = 80;

    /// <summary><c>environment-architecture-seed-yyyyMMdd-HHmmss</c>, with a number after it if that is taken.</summary>
    public static string NewUnder(string parent, RunOptions options, DateTimeOffset time)
    {
        string environment = string.Concat(options.Environment.Take(LongestEnvironment).Select(Fit)).Trim('.', '-');
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{environment}-{options.Architecture}-{options.Seed}-{time:yyyyMMdd-HHmmss}");
        return Free(Path.Combine(parent, name));
    }

    /// <summary>The path itself, or with a number after it if it is taken.</summary>
    public static string Free(string path)
    {
        string free = path;
        for (int i = 2; Path.Exists(free); i++)
        {
            free = FormattableString.Invariant($"{path}-{i}");
        }

        return free;
    }

    private static char Fit(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' ? character : '-';
}
