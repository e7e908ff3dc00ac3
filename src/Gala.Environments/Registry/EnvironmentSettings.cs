using System.Globalization;

namespace Gala.Environments;

/// <summary>The options that one environment is created with. Every reader gives the default where the option is absent.</summary>
/// <remarks>Each throws an <see cref="ArgumentException"/> that names the option, the value and what would do.</remarks>
public sealed class EnvironmentSettings
{
    private readonly EnvironmentReference _reference;

    internal EnvironmentSettings(EnvironmentReference reference) => _reference = reference;

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <exception cref="ArgumentException">The value is no such number.</exception>
    public double Number(string name, double defaultValue, double low, double high) => Find(name) is not { } text
        ? defaultValue
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= low && value <= high
            ? value
            : throw Bad(name, text, string.Create(CultureInfo.InvariantCulture, $"a number from {low} to {high}"));

    /// <summary>An integer in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <exception cref="ArgumentException">The value is no such integer.</exception>
    public int WholeNumber(string name, int defaultValue, int low, int high) => Find(name) is not { } text
        ? defaultValue
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) && value >= low && value <= high
            ? value
            : throw Bad(name, text, $"a whole number from {low} to {high}");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <exception cref="ArgumentException">The value is neither.</exception>
    public bool Flag(string name, bool defaultValue) => Choice(name, defaultValue ? "true" : "false", "true", "false") == "true";

    /// <summary>One of <paramref name="choices"/>.</summary>
    /// <exception cref="ArgumentException">The value is none of them.</exception>
    public string Choice(string name, string defaultValue, params ReadOnlySpan<string> choices) => Find(name) is not { } text
        ? defaultValue
        : choices.Contains(text) ? text : throw Bad(name, text, string.Join(" or ", choices!));

    /// <summary>The exception that was last made of a value that will not do, which tells it from one that an environment throws.</summary>
    internal ArgumentException? Refusal { get; private set; }

    internal bool Has(string name) => Find(name) is not null;

    internal string? Find(string name) => _reference.Options.FirstOrDefault(option => option.Key == name).Value;

    internal ArgumentException Bad(string name, string text, string expected) =>
        Refusal = new($"Environment '{_reference}': {name} must be {expected}, not '{text}'.");
}
