namespace Gala.Runs;

/// <summary>On or off.</summary>
internal sealed record FlagType : OptionType
{
    public override string Expected => "true or false";

    public override IReadOnlyList<string> Choices => ["true", "false"];

    public override object? Parse(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    public override bool Allows(object value) => value is bool;

    public override string Format(object value) => (bool)value ? "true" : "false";
}
