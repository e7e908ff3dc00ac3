using System.CommandLine;

namespace Gala.Cli.Commands;

/// <summary>The answer to <c>--help</c>: usage, options by group with their defaults, examples.</summary>
internal static class HelpPage
{
    private const int Narrowest = 60;
    private const int Widest = 110;
    private const int Indent = 2;

    /// <param name="output">Where to.</param>
    /// <param name="command">What is explained.</param>
    /// <param name="path">How the command is called, such as <c>gala environments list</c>.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static void Write(TextWriter output, GalaCommand command, string path, int width)
    {
        width = Math.Clamp(width, Narrowest, Widest);
        foreach (string line in Wrap(command.Description ?? "", width))
        {
            output.WriteLine(line);
        }

        output.WriteLine();
        output.WriteLine($"Usage: {path}{Usage(command)}");
        Section("Commands", command.Subcommands.Select(subcommand => (subcommand.Name, subcommand.Description ?? "")));
        Section("Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description ?? "")));
        foreach (IGrouping<string, Option> group in VisibleOptions(command).GroupBy(GroupOf))
        {
            Section(group.Key, group.Select(option => (Left(option), Right(option))));
        }

        Lines("Examples", command.Examples);
        Lines("Notes", command.Notes);

        void Section(string title, IEnumerable<(string Left, string Right)> rows)
        {
            (string Left, string Right)[] all = [.. rows];
            if (all.Length == 0)
            {
                return;
            }

            int column = Math.Min(all.Max(row => row.Left.Length), 34) + Indent + 2;
            output.WriteLine();
            output.WriteLine($"{title}:");
            foreach ((string left, string right) in all)
            {
                WriteRow(output, left, right, column, width);
            }
        }

        void Lines(string title, IReadOnlyList<string> lines)
        {
            if (lines.Count > 0)
            {
                output.WriteLine();
                output.WriteLine($"{title}:");
                foreach (string line in lines)
                {
                    output.WriteLine($"  {line}");
                }
            }
        }
    }

    private static string Usage(Command command)
    {
        string arguments = string.Concat(command.Arguments.Select(
            argument => argument.Arity.MaximumNumberOfValues > 1 ? $" {argument.Name}..." : $" {argument.Name}"));
        return (command.Subcommands.Count > 0 ? " [COMMAND]" : "") + arguments + " [OPTIONS]";
    }

    private static IEnumerable<Option> VisibleOptions(Command command)
    {
        IEnumerable<Option> options = command.Options;
        for (Command? parent = Parent(command); parent is not null; parent = Parent(parent))
        {
            options = options.Concat(parent.Options.Where(option => option.Recursive));
        }

        return options.Where(option => !option.Hidden);
    }

    private static Command? Parent(Command command) => command.Parents.OfType<Command>().FirstOrDefault();

    private static string GroupOf(Option option) => option is ValueOption value ? value.Group : "Options";

    private static string Left(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias != "-?").Prepend(option.Name));
        return option is ValueOption { HelpName.Length: > 0 } ? $"{names} {option.HelpName}" : names;
    }

    private static string Right(Option option)
    {
        string text = option.Description ?? "";
        if (option is not ValueOption value)
        {
            return text;
        }

        bool named = value.Choices.All(choice => text.Contains(choice, StringComparison.Ordinal)); // then the description lists them
        string choices = !named && value.Bare is null ? $" ({string.Join(", ", value.Choices)})" : "";
        bool plainSwitch = value is { Bare: not null, DefaultText: "false" };
        string otherwise = value.DefaultText.Length > 0 && !plainSwitch ? $" [default: {value.DefaultText}]" : "";
        return text + choices + otherwise;
    }

    private static void WriteRow(TextWriter output, string left, string right, int column, int width)
    {
        string margin = new(' ', column);
        string head = $"{new string(' ', Indent)}{left}".PadRight(column);
        if (head.Length > column)
        {
            output.WriteLine(head);
            head = margin;
        }

        foreach (string line in Wrap(right, width - column).DefaultIfEmpty(""))
        {
            output.WriteLine((head + line).TrimEnd());
            head = margin;
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }
}
