namespace Gala.Runs;

/// <summary>One of a list of names.</summary>
internal sealed record ChoiceType(IReadOnlyList<string> Names) : OptionType
{
    public override string Expected => $"one of {string.Join(", ", Names)}";

    public override IReadOnlyList<string> Choices => Names;

    public override object? Parse(string text) => text;

    public override bool Allows(object value) => value is string name && Names.Contains(name, StringComparer.Ordinal);

    public override string Format(object value) => (string)value;

    public override string Problem(string came) => $"expected {Expected}, not {OneLine.Quote(came)}{NearestName.Suggestion(came, Names)}";
}
