using Gala.Environments;
using Gala.Runs;

namespace Gala.Experiments;

/// <summary>Makes a plan from a file and from settings of the command line, which win, and collects everything that is wrong with it.</summary>
/// <example><code>
/// SweepPlanBuilder builder = new();
/// builder.SetEnvironments("minatar/asterix,minatar/breakout");
/// builder.SetSeeds("101-105");
/// builder.SetOptions("--frames 1m");
/// builder.AddVariant("a2c: --architecture a2c --simulators 64");
/// builder.AddVariant("gala: --architecture gala --deterministic");
/// SweepPlan plan = builder.Build(EnvironmentRegistry.Default.SpecOf);
/// </code></example>
public sealed class SweepPlanBuilder
{
    private const int LongestName = 64; // of a folder
    private const int MostRuns = 100_000;

    private static readonly string[] OfTheSweep =
        [OptionCatalog.Of(nameof(RunOptions.Environment)).Name, OptionCatalog.Of(nameof(RunOptions.Seed)).Name, OptionCatalog.Of(nameof(RunOptions.Run)).Name];

    private readonly List<OptionProblem> _problems = [];
    private readonly List<(string Name, string Words)> _variants = [];
    private IReadOnlyList<string>? _environments;
    private IReadOnlyList<ulong>? _seeds;
    private string _words = "";

    /// <summary>Takes what a plan file says.</summary>
    /// <param name="path">YAML file with the keys <c>environments</c>, <c>seeds</c>, <c>options</c> and <c>variants</c>.</param>
    public void AddFile(string path)
    {
        if (RunOptionsFile.TryReadText(path, out string text, out OptionProblem? problem))
        {
            SweepPlanYaml.Read(text, Path.GetFileName(path), this);
        }
        else
        {
            Note("PLAN", problem!.Message);
        }
    }

    /// <summary>Sets the environments.</summary>
    /// <param name="list">Environments with their options, with commas between them.</param>
    public void SetEnvironments(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        SetEnvironments(list.Split(',', StringSplitOptions.TrimEntries));
    }

    /// <summary>Sets the seeds.</summary>
    /// <param name="list">Numbers and ranges such as <c>101-105</c>, with commas between them.</param>
    public void SetSeeds(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        _seeds = SeedList.TryParse(list, out IReadOnlyList<ulong> seeds) is { } problem ? Noted<ulong>("--seeds", problem) : seeds;
    }

    /// <summary>Adds options of all variants.</summary>
    /// <param name="words">Options as on the command line of <c>gala train</c>; later ones win over earlier ones.</param>
    public void SetOptions(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _words = $"{_words} {words}".Trim();
    }

    /// <summary>Adds a variant.</summary>
    /// <param name="text">A name, a colon, and options as on the command line of <c>gala train</c>, which win over those of all variants.</param>
    public void AddVariant(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            Note("--variant", $"expected 'NAME: OPTIONS' such as 'gala: --architecture gala', not {OneLine.Quote(text)}");
            return;
        }

        AddVariant(text[..colon].Trim(), text[(colon + 1)..].Trim());
    }

    /// <summary>Checks everything, each variant on each environment.</summary>
    /// <param name="environments">Gives the spec of an environment with its options, or throws an <see cref="ArgumentException"/>.</param>
    /// <exception cref="InvalidOptionsException">Something is wrong; all problems together.</exception>
    /// <exception cref="EnvironmentException">An environment cannot be made, as <paramref name="environments"/> says.</exception>
    public SweepPlan Build(Func<string, EnvironmentSpec> environments)
    {
        RequireAll();
        RunOptions common = Apply(new RunOptions(), _words, "--options");
        SweepVariant[] variants = [.. _variants.Select(variant => new SweepVariant(variant.Name, variant.Words, Apply(common, variant.Words, $"variant {variant.Name}")))];
        if (_problems.Count == 0)
        {
            _problems.AddRange(ProblemsOfRuns(variants, environments));
        }

        return _problems.Count > 0
            ? throw new InvalidOptionsException(_problems)
            : new SweepPlan { Environments = _environments!, Seeds = _seeds!, Words = _words, Variants = variants };
    }

    internal void SetEnvironments(IReadOnlyList<string> list)
    {
        _environments = list;
        if (list.Any(environment => environment.Length == 0))
        {
            Note("--environment", "expected environments with commas between them, but one is empty: leave the comma out");
        }
        else if (list.GroupBy(SweepPlan.FolderOf, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            Note("--environment", $"{OneLine.Clean(twice.First())} is given twice: give it once");
        }
    }

    internal void AddVariant(string name, string words)
    {
        if (name.Length is 0 or > LongestName || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' or '+')
            || !char.IsAsciiLetterOrDigit(name[0]))
        {
            Note("--variant", $"expected a name of letters, digits and . _ - + (it names a folder), not {OneLine.Quote(name)}");
        }
        else if (_variants.Any(variant => string.Equals(variant.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            Note("--variant", $"there are two variants {OneLine.Clean(name)}: rename one");
        }
        else
        {
            _variants.Add((name, words));
        }
    }

    internal void Note(string option, string problem) => _problems.Add(new OptionProblem(option, problem));

    private IReadOnlyList<T> Noted<T>(string option, string problem)
    {
        Note(option, problem);
        return [];
    }

    private void RequireAll()
    {
        bool isWhole = _problems.Count == 0; // else what is missing may be what is wrong
        if (isWhole && (_environments?.Count ?? 0) == 0)
        {
            Note("--environment", "a sweep needs one or more, such as minatar/asterix,minatar/breakout");
        }

        if (isWhole && (_seeds?.Count ?? 0) == 0)
        {
            Note("--seeds", "a sweep needs one or more, such as 1-5");
        }

        if (isWhole && _variants.Count == 0)
        {
            Note("--variant", "a sweep needs one or more, such as 'gala: --architecture gala'");
        }

        if (isWhole && (long)(_environments?.Count ?? 0) * (_seeds?.Count ?? 0) * _variants.Count > MostRuns)
        {
            Note("--seeds", $"the sweep has more than {MostRuns} runs: take fewer");
        }
    }

    private RunOptions Apply(RunOptions options, string words, string place)
    {
        RunOptionsBuilder layer = new(options);
        OptionWords.Read(
            words,
            (name, value) =>
            {
                if (OfTheSweep.Contains(name))
                {
                    Note(place, $"{name} is the sweep's own: leave it out");
                }
                else
                {
                    layer.Set(name, value);
                }
            },
            problem => Note(place, problem));
        _problems.AddRange(layer.Problems.Select(problem => new OptionProblem(place, problem.ToString())));
        if (layer.Options.Processes > 1 || layer.Options.Transport != "memory")
        {
            Note(place, "a sweep trains in one process: leave --processes and --transport out");
        }

        return layer.Options;
    }

    /// <summary>A problem that a variant has on several environments is told of the first.</summary>
    private IEnumerable<OptionProblem> ProblemsOfRuns(SweepVariant[] variants, Func<string, EnvironmentSpec> environments) =>
        (from variant in variants
         from environment in _environments!
         from problem in RunDefaults.TryResolve(variant.Options with { Environment = environment }, environments, new HashSet<string>()).Problems
         let isOfAll = problem.Option == OfTheSweep[0] // the environment itself is wrong, whatever the variant
         select (Key: isOfAll ? problem.Message : $"{variant.Name} {problem.Option}",
             Problem: isOfAll ? problem : new OptionProblem($"variant {variant.Name}", problem.ToString())))
        .DistinctBy(one => one.Key)
        .Select(one => one.Problem);
}
