using System.Globalization;

namespace Gala.Environments;

/// <summary>The option <c>delay</c> that every environment takes: <c>exponential/MEAN</c>, <c>gamma/SHAPE/MEAN</c> or
/// <c>recorded/FILE</c>, with means such as <c>2ms</c>.</summary>
internal static class DelaySetting
{
    public const string Name = "delay";

    public static readonly EnvironmentOption Option = new(
        Name, "exponential/2ms|gamma/4/2ms|recorded/FILE", "none", "steps take random time: by mean, by shape and mean, or one of a file's seconds");

    private const string Expected = "exponential/MEAN, gamma/SHAPE/MEAN or recorded/FILE, with a MEAN such as 2ms";

    private static readonly (string Unit, double Seconds)[] Units = [("us", 1e-6), ("ms", 1e-3), ("s", 1)];

    /// <summary>How long steps are to take; null if the settings do not ask for any delay.</summary>
    /// <exception cref="ArgumentException">The setting is malformed, or its file cannot be read.</exception>
    public static StepTimes? Read(EnvironmentSettings settings) => settings.Find(Name) is { } text ? Parse(text, settings) : null;

    private static StepTimes Parse(string text, EnvironmentSettings settings)
    {
        string[] parts = text.Split('/');
        return parts switch
        {
            ["exponential", string mean] when Duration(mean) is { } time => StepTimes.Exponential(time),
            ["gamma", string shape, string mean] when Positive(shape) is { } k && Duration(mean) is { } time => StepTimes.Gamma(k, time),
            ["recorded", _, ..] => Recorded(text["recorded/".Length..], settings),
            _ => throw settings.Bad(Name, text, Expected),
        };
    }

    private static StepTimes Recorded(string file, EnvironmentSettings settings)
    {
        try
        {
            return StepTimes.Recorded([.. File.ReadLines(file).Where(line => line.Length > 0)
                .Select(line => double.Parse(line, NumberStyles.Float, CultureInfo.InvariantCulture))]);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArgumentException($"{Name}=recorded/{file}: there is no file '{file}', as seen from the working directory "
                + $"'{Directory.GetCurrentDirectory()}'; go there or give its whole path.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw settings.Bad(Name, "recorded/" + file, "recorded/FILE with a file of seconds, one a line");
        }
    }

    private static TimeSpan? Duration(string text)
    {
        foreach ((string unit, double seconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal) && Positive(text[..^unit.Length]) is { } number)
            {
                return TimeSpan.FromSeconds(number * seconds);
            }
        }

        return null;
    }

    private static double? Positive(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= 1e6 ? value : null;
}
