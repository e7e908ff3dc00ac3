using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gala.Runs;

/// <summary>Reads one flat YAML mapping as a stream of events, so that no hostile file can make it grow or nest.</summary>
internal sealed class RunOptionsYaml
{
    private const int MostProblems = 50;

    private readonly string _source;
    private readonly List<RunOptionsSetting> _settings = [];
    private readonly List<OptionProblem> _problems = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    private RunOptionsYaml(string source) => _source = source;

    /// <summary>The settings of known options in the order of the file.</summary>
    public IReadOnlyList<RunOptionsSetting> Settings => _settings;

    /// <summary>What is wrong with the file itself; values are for the options to judge.</summary>
    public IReadOnlyList<OptionProblem> Problems => _problems;

    public static RunOptionsYaml Parse(string yaml, string source)
    {
        RunOptionsYaml result = new(source);
        try
        {
            result.Read(new Parser(new Scanner(new StringReader(yaml))));
        }
        catch (YamlException exception)
        {
            result.Report("--config", $"broken YAML: {Reason(exception)}", exception.Start);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            result._problems.Add(new OptionProblem("--config", $"broken YAML: {Reason(exception)} ({OneLine.Clean(source)})")); // the parser's own slips
        }

        return result;
    }

    private void Read(Parser parser)
    {
        switch (Next<DocumentStart>(parser) is null ? null : Next<ParsingEvent>(parser))
        {
            case null or Scalar { Value.Length: 0, Style: ScalarStyle.Plain }:
                return; // empty, or comments only
            case MappingStart mapping:
                if (IsPlain(mapping) && ReadEntries(parser) && Next<DocumentStart>(parser) is { } second)
                {
                    Report("--config", "expected one document, but '---' starts another", second.Start);
                }

                return;
            case ParsingEvent other:
                Report("--config", "expected lines of the form 'key: value'", other.Start);
                return;
        }
    }

    /// <summary>The next event of a kind, skipping the ends and starts that carry nothing; null at the end of the file.</summary>
    private static T? Next<T>(Parser parser)
        where T : ParsingEvent
    {
        while (parser.MoveNext())
        {
            if (parser.Current is T found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Reads to the end of the mapping; false if it had to give up.</summary>
    private bool ReadEntries(Parser parser)
    {
        while (parser.MoveNext() && parser.Current is { } start and not MappingEnd)
        {
            if (_problems.Count >= MostProblems)
            {
                Report("--config", "too many problems; the rest of the file was not read", start.Start);
                return false;
            }

            if (ScalarOf(start, "a key") is not { } key
                || !parser.MoveNext()
                || ScalarOf(parser.Current!, $"one plain value for {OneLine.Quote(key.Value)}") is not { } value)
            {
                return false;
            }

            Add(key, value);
        }

        return true;
    }

    private Scalar? ScalarOf(ParsingEvent node, string expected)
    {
        if (node is Scalar scalar)
        {
            return IsPlain(scalar) ? scalar : null;
        }

        string came = node switch
        {
            AnchorAlias => "an alias",
            MappingStart => "a mapping",
            _ => "a list",
        };
        Report("--config", $"expected {expected}, not {came}; the rest of the file was not read", node.Start);
        return null;
    }

    /// <summary>Anchors and tags have no use here and are how YAML files become bombs.</summary>
    private bool IsPlain(NodeEvent node)
    {
        bool plain = node.Anchor.IsEmpty && node.Tag.IsEmpty;
        if (!plain)
        {
            Report("--config", "anchors and tags are not supported; write the value itself", node.Start);
        }

        return plain;
    }

    private void Add(Scalar key, Scalar value)
    {
        if (OptionCatalog.FindKey(key.Value) is not { } entry)
        {
            Report(OneLine.Clean(key.Value), $"unknown key{OptionCatalog.SuggestKey(key.Value)}", key.Start);
        }
        else if (!_keys.Add(key.Value))
        {
            Report(entry.Name, "given twice; keep one of the lines", key.Start);
        }
        else
        {
            _settings.Add(new RunOptionsSetting(entry, IsNull(value) ? null : value.Value, Place(value.Start)));
        }
    }

    private static bool IsNull(Scalar value) =>
        value.Style == ScalarStyle.Plain && value.Value is ("" or "~" or "null" or "Null" or "NULL");

    private void Report(string option, string message, Mark mark) => _problems.Add(new OptionProblem(option, $"{message} ({Place(mark)})"));

    private string Place(Mark mark) => $"{OneLine.Clean(_source)}, line {mark.Line}";

    private static string Reason(Exception exception) => OneLine.Message(exception).TrimEnd('.');
}
