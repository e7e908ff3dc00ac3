namespace Gala.Runs;

/// <summary>A text of one line, not empty.</summary>
internal sealed record TextType(string What) : OptionType
{
    private const int Longest = 1_000;

    public override string Expected => What;

    public override object? Parse(string text) => text;

    public override bool Allows(object value) =>
        value is string { Length: <= Longest } text && !string.IsNullOrWhiteSpace(text) && !text.Any(IsUnfit);

    public override string Format(object value) => (string)value;

    private static bool IsUnfit(char character) => char.IsControl(character) || character is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF';
}
