using System.Globalization;
using System.Text;
using Gala.Runs;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Gala.Experiments;

/// <summary>A plan as YAML, read as a stream of events two levels deep, so that no hostile file can make it grow or nest.</summary>
/// <example><code>
/// environments: [minatar/asterix, minatar/breakout]
/// seeds: 101-105
/// options: --frames 1m
/// variants:
///   a2c: --architecture a2c --agents 1 --simulators 64
///   gala: --architecture gala --deterministic
/// </code></example>
internal sealed class SweepPlanYaml
{
    private static readonly string[] Keys = ["environments", "seeds", "options", "variants"];

    private readonly Parser _parser;
    private readonly SweepPlanBuilder _builder;
    private readonly HashSet<string> _seen = [];

    private SweepPlanYaml(string yaml, SweepPlanBuilder builder) => (_parser, _builder) = (new Parser(new Scanner(new StringReader(yaml))), builder);

    /// <summary>Hands what the text says to a builder, and what is wrong with it.</summary>
    /// <param name="yaml">Text of the plan.</param>
    /// <param name="source">Name of the text in messages.</param>
    /// <param name="builder">Hears all of it.</param>
    public static void Read(string yaml, string source, SweepPlanBuilder builder)
    {
        try
        {
            new SweepPlanYaml(yaml, builder).Read();
        }
        catch (YamlException exception)
        {
            builder.Note("PLAN", $"broken plan: {OneLine.Message(exception).TrimEnd('.')} ({OneLine.Clean(source)}, line {exception.Start.Line})");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            builder.Note("PLAN", $"broken YAML: {OneLine.Message(exception).TrimEnd('.')} ({OneLine.Clean(source)})"); // the parser's own slips
        }
    }

    /// <summary>The plan as YAML that <see cref="Read(string, string, SweepPlanBuilder)"/> takes.</summary>
    public static string Write(SweepPlan plan)
    {
        StringBuilder yaml = new("# The plan of a sweep; `gala sweep` on this file repeats it.\nenvironments:\n");
        foreach (string environment in plan.Environments)
        {
            yaml.Append("  - ").Append(YamlScalar.Write(environment)).Append('\n');
        }

        yaml.Append("seeds: ").Append(YamlScalar.Write(string.Join(',', plan.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture))))).Append('\n');
        yaml.Append("options: ").Append(YamlScalar.Write(plan.Words)).Append("\nvariants:\n");
        foreach (SweepVariant variant in plan.Variants)
        {
            yaml.Append("  ").Append(YamlScalar.Write(variant.Name)).Append(": ").Append(YamlScalar.Write(variant.Words)).Append('\n');
        }

        return yaml.ToString();
    }

    private void Read()
    {
        if (!Advance<StreamStart>() || !Advance<DocumentStart>() || !Advance<MappingStart>())
        {
            throw Unexpected($"lines of the form 'key: value' with the keys {string.Join(", ", Keys)}");
        }

        while (!(_parser.MoveNext() && _parser.Current is MappingEnd))
        {
            ReadEntry();
        }

        if (_parser.MoveNext() && _parser.Current is DocumentEnd && _parser.MoveNext() && _parser.Current is DocumentStart)
        {
            throw Unexpected("one document");
        }
    }

    private void ReadEntry()
    {
        string key = TextHere("a key");
        if (!Keys.Contains(key))
        {
            throw Unexpected($"one of the keys {string.Join(", ", Keys)}, not {OneLine.Quote(key)}{NearestName.Suggestion(key, Keys)}");
        }

        if (!_seen.Add(key))
        {
            throw Unexpected($"the key {key} once");
        }

        _parser.MoveNext();
        switch (key)
        {
            case "environments":
                _builder.SetEnvironments([.. Items("environments")]);
                break;
            case "seeds":
                _builder.SetSeeds(string.Join(',', Items("seeds")));
                break;
            case "options":
                _builder.SetOptions(TextHere("options of gala train as on its command line"));
                break;
            default:
                ReadVariants();
                break;
        }
    }

    private void ReadVariants()
    {
        if (_parser.Current is not MappingStart)
        {
            throw Unexpected("lines of the form 'name: options of gala train' below variants");
        }

        while (!(_parser.MoveNext() && _parser.Current is MappingEnd))
        {
            string name = TextHere("a variant's name");
            _builder.AddVariant(name, Text($"options of gala train as on its command line for {OneLine.Quote(name)}"));
        }
    }

    /// <summary>A list, or one text with commas.</summary>
    private List<string> Items(string what)
    {
        if (_parser.Current is not SequenceStart)
        {
            return [.. TextHere(what).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        }

        List<string> items = [];
        while (!(_parser.MoveNext() && _parser.Current is SequenceEnd))
        {
            items.Add(TextHere($"a plain value in the list of {what}"));
        }

        return items;
    }

    private string Text(string what)
    {
        _parser.MoveNext();
        return TextHere(what);
    }

    private string TextHere(string what) => _parser.Current is Scalar scalar && scalar.Anchor.IsEmpty && scalar.Tag.IsEmpty ? scalar.Value : throw Unexpected(what);

    private bool Advance<T>()
        where T : ParsingEvent => _parser.MoveNext() && _parser.Current is T;

    private YamlException Unexpected(string expected) =>
        new(_parser.Current?.Start ?? Mark.Empty, _parser.Current?.End ?? Mark.Empty, $"expected {expected}");
}
