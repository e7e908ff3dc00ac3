using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary>One command line being carried out: its values, and everything that is wrong with it.</summary>
internal sealed class Invocation
{
    private readonly List<OptionProblem> _problems;

    public Invocation(ParseResult parse, GalaConsole console, RunServices services)
    {
        (Parse, Console, Services) = (parse, console, services);
        _problems = [.. CommandProblems.Find(parse)];
    }

    public ParseResult Parse { get; }

    public GalaConsole Console { get; }

    public RunServices Services { get; }

    /// <summary>Whether the option was given.</summary>
    public bool Has(Option option) => Parse.GetResult(option) is { Implicit: false };

    /// <summary>The value as typed; null if the option was not given, or without the value that it needs.</summary>
    public string? Text(ValueOption option) => Parse.GetResult(option) switch
    {
        null or { Implicit: true } => null,
        { Tokens: [Token first, ..] } => first.Value,
        _ => option.Bare,
    };

    /// <summary>The values as typed of an option that may be given several times.</summary>
    public IReadOnlyList<string> AllTexts(ValueOption option) => [.. Parse.GetResult(option)?.Tokens.Select(token => token.Value) ?? []];

    /// <summary>What was typed for an argument; empty if nothing was.</summary>
    public IReadOnlyList<string> Texts(Argument argument) =>
        [.. Parse.GetResult(argument)?.Tokens.Select(token => token.Value) ?? []];

    /// <summary>A whole number; null if the option was not given, or wrongly, which is noted.</summary>
    public long? Whole(ValueOption option, long lowest, long highest)
    {
        if (Text(option) is not { } text)
        {
            return null;
        }

        if (HumanNumber.TryParseWhole(text, out decimal value) && value >= lowest && value <= highest)
        {
            return (long)value;
        }

        Note(option.Name, string.Create(CultureInfo.InvariantCulture, $"expected a whole number from {lowest} to {highest:N0}, not '{text}'"));
        return null;
    }

    /// <summary>A number; null if the option was not given, or wrongly, which is noted.</summary>
    public double? Real(ValueOption option, double lowest, double highest)
    {
        if (Text(option) is not { } text)
        {
            return null;
        }

        if (HumanNumber.TryParseReal(text, out double value) && value >= lowest && value <= highest)
        {
            return value;
        }

        Note(option.Name, string.Create(CultureInfo.InvariantCulture, $"expected a number from {lowest} to {highest:N0}, not '{text}'"));
        return null;
    }

    /// <summary>One of the option's choices; null if the option was not given, or wrongly, which is noted.</summary>
    public string? Choice(ValueOption option)
    {
        if (Text(option) is not { } text || option.Choices.Contains(text))
        {
            return Text(option);
        }

        Note(option.Name, $"expected one of {string.Join(", ", option.Choices)}, not '{text}'{NearestName.Suggestion(text, option.Choices)}");
        return null;
    }

    /// <summary>Lets a run's own options be set by those of the command line that were given.</summary>
    public void Set(RunOptionsBuilder builder, IEnumerable<ValueOption> options)
    {
        foreach (ValueOption option in options)
        {
            if (Text(option) is { } text)
            {
                builder.Set(option.Name, text);
            }
        }
    }

    public void Note(string option, string message) => _problems.Add(new OptionProblem(option, message));

    public void Note(IEnumerable<OptionProblem> problems) => _problems.AddRange(problems);

    /// <summary>Refuses the command line if anything is wrong with it.</summary>
    /// <exception cref="InvalidOptionsException">Everything that was found.</exception>
    public void ThrowIfRefused()
    {
        if (_problems.Count > 0)
        {
            throw new InvalidOptionsException(_problems);
        }
    }
}
