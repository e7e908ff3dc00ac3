using System.CommandLine;
using System.CommandLine.Parsing;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary>Finds everything that is wrong with the form of a command line, in our words instead of the parser's.</summary>
internal static class CommandProblems
{
    /// <summary>Unknown words, missing and repeated values, missing arguments; in that order.</summary>
    public static IEnumerable<OptionProblem> Find(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        IReadOnlyList<OptionProblem> problems =
        [
            .. UnknownWords(parse, command),
            .. OptionsOf(parse.CommandResult).SelectMany(option => ValueProblems(parse, option)),
            .. command.Arguments.SelectMany(argument => ArgumentProblems(parse, argument, command)),
        ];
        bool isGroup = command.Subcommands.Count > 0; // the parser wants a subcommand where we have a default
        return problems.Count > 0 || isGroup
            ? problems
            : parse.Errors.Select(error => new OptionProblem(command.Name, error.Message)); // nothing is let through unnoticed
    }

    private static IEnumerable<Option> OptionsOf(CommandResult result)
    {
        IEnumerable<Option> own = result.Command.Options;
        return result.Parent is CommandResult parent ? own.Concat(OptionsOf(parent).Where(option => option.Recursive)) : own;
    }

    private static IEnumerable<OptionProblem> UnknownWords(ParseResult parse, Command command)
    {
        bool afterUnknownOption = false; // the word after one is most likely its value, and no problem of its own
        foreach (string word in parse.UnmatchedTokens)
        {
            if (word.Length > 1 && word[0] == '-')
            {
                (string name, bool hasValue) = word.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals
                    ? (word[..equals], true)
                    : (word, false);
                IEnumerable<string> known = OptionsOf(parse.CommandResult).Where(option => !option.Hidden).Select(option => option.Name);
                yield return new OptionProblem(name, $"unknown option{OrHelp(NearestName.Suggestion(name, known))}");
                afterUnknownOption = !hasValue;
            }
            else if (afterUnknownOption)
            {
                afterUnknownOption = false;
            }
            else if (command.Subcommands.Count > 0)
            {
                IEnumerable<string> known = command.Subcommands.Select(subcommand => subcommand.Name);
                yield return new OptionProblem(word, $"unknown command{OrHelp(NearestName.Suggestion(word, known))}");
                yield break; // what follows belongs to a command that does not exist
            }
            else
            {
                yield return new OptionProblem(word, $"unexpected argument; gala {command.Name} --help shows what there is");
            }
        }
    }

    private static string OrHelp(string suggestion) => suggestion.Length > 0 ? suggestion : "; --help lists what there is";

    private static IEnumerable<OptionProblem> ValueProblems(ParseResult parse, Option option)
    {
        if (parse.GetResult(option) is not { Implicit: false } result)
        {
            yield break;
        }

        if (result.IdentifierTokenCount > 1 && option is ValueOption { Repeats: false })
        {
            yield return new OptionProblem(option.Name, $"given {result.IdentifierTokenCount} times; give it once");
        }
        else if (option is ValueOption { Bare: null } value && result.Tokens.Count < result.IdentifierTokenCount)
        {
            yield return new OptionProblem(option.Name, $"needs a value: {option.Name} {value.HelpName}");
        }
    }

    private static IEnumerable<OptionProblem> ArgumentProblems(ParseResult parse, Argument argument, Command command)
    {
        int count = parse.GetResult(argument)?.Tokens.Count ?? 0;
        if (count < argument.Arity.MinimumNumberOfValues)
        {
            yield return new OptionProblem(argument.Name, $"missing; see gala {command.Name} --help");
        }
    }
}
