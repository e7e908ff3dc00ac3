using System.CommandLine;

namespace Gala.Cli.Commands;

/// <summary>An option with a value. The text is taken as it stands: what it means is judged where all problems are collected.</summary>
internal sealed class ValueOption : Option<string?>
{
    public ValueOption(string name, string hint, string description)
        : base(name)
    {
        HelpName = hint;
        Description = description;
        Arity = ArgumentArity.ZeroOrOne; // a missing value is reported by CommandProblems, with the others
    }

    /// <summary>What holds without the option, for people; empty if nothing does.</summary>
    public string DefaultText { get; init; } = "";

    /// <summary>Heading in the help.</summary>
    public string Group { get; init; } = "Options";

    /// <summary>What stands for the value where the option is given alone; null if it needs one.</summary>
    public string? Bare { get; init; }

    /// <summary>Whether the option may be given several times, each with a value.</summary>
    public bool Repeats
    {
        get;
        init
        {
            field = value;
            Arity = value ? ArgumentArity.ZeroOrMore : ArgumentArity.ZeroOrOne;
            CustomParser = value ? _ => null : null; // the parser cannot make one text of several; Invocation reads the tokens
        }
    }

    /// <summary>The names to choose from, or empty.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
