using System.Globalization;

namespace Gala.Experiments;

/// <summary>A figure with the ends of its 95% confidence interval.</summary>
/// <param name="Estimate">Figure of the runs as they are; NaN where there are none.</param>
/// <param name="Low">Lower end; NaN where a task has a single run, which tells nothing of how runs differ.</param>
/// <param name="High">Upper end; NaN likewise.</param>
internal sealed record Interval(double Estimate, double Low, double High)
{
    /// <summary>The interval of a figure that nothing is known of.</summary>
    public static Interval None { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>The figure and its interval as text, such as <c>12.3 [10.1, 14.0]</c>.</summary>
    /// <param name="format">.NET format of each number.</param>
    public string ToText(string format = "0.0") => !double.IsFinite(Estimate) ? "none"
        : !double.IsFinite(Low) ? Number(Estimate, format)
        : $"{Number(Estimate, format)} [{Number(Low, format)}, {Number(High, format)}]";

    private static string Number(double value, string format)
    {
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan(1).IndexOfAnyExcept('0', '.') < 0 ? text[1..] : text; // no minus zero
    }
}
