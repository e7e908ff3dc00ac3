using Gala.Environments;

namespace Gala.Runs;

/// <summary>Lays settings over each other, later ones winning, and collects everything that is wrong with them.</summary>
/// <example><code>
/// RunOptionsBuilder builder = new();
/// builder.AddFile("run.yaml");
/// builder.Set("--frames", "500k");
/// RunOptions options = builder.Build(EnvironmentRegistry.Default.SpecOf);
/// </code></example>
public sealed class RunOptionsBuilder
{
    private readonly List<OptionProblem> _problems = [];

    /// <summary>Starts from the defaults.</summary>
    public RunOptionsBuilder()
        : this(new RunOptions())
    {
    }

    /// <summary>Starts from options that are there already.</summary>
    /// <param name="options">Lowest layer.</param>
    public RunOptionsBuilder(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
    }

    /// <summary>The options so far; a bad value leaves its option as it was.</summary>
    public RunOptions Options { get; private set; }

    /// <summary>What was wrong with the settings so far.</summary>
    public IReadOnlyList<OptionProblem> Problems => _problems;

    /// <summary>Lays a YAML file over the options. A relative path in it is looked for beside the file first, then in the working
    /// directory.</summary>
    /// <param name="path">A file that cannot be read is a problem of <c>--config</c>.</param>
    public void AddFile(string path)
    {
        if (RunOptionsFile.TryReadText(path, out string text, out OptionProblem? problem))
        {
            AddText(text, path, Path.GetDirectoryName(path));
        }
        else
        {
            _problems.Add(problem!);
        }
    }

    /// <summary>Lays YAML text over the options.</summary>
    /// <param name="yaml">A mapping of keys of <see cref="OptionCatalog"/> to plain values.</param>
    /// <param name="source">Name of the text in messages.</param>
    public void AddText(string yaml, string source) => AddText(yaml, source, folder: null);

    private void AddText(string yaml, string source, string? folder)
    {
        RunOptionsYaml parsed = RunOptionsYaml.Parse(yaml, Path.GetFileName(source));
        _problems.AddRange(parsed.Problems);
        foreach (RunOptionsSetting setting in parsed.Settings)
        {
            string? text = folder is not null && setting.Text is { } path ? setting.Entry.Locate(path, folder) : setting.Text;
            Set(setting.Entry, text, setting.Place);
        }
    }

    /// <summary>Sets one option from the command line.</summary>
    /// <param name="name">Such as <c>--learning-rate</c>.</param>
    /// <param name="text">The value as typed; <c>true</c> for a switch.</param>
    public void Set(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        if (OptionCatalog.FindName(name) is { } entry)
        {
            Set(entry, text, place: null);
        }
        else
        {
            _problems.Add(new OptionProblem(OneLine.Clean(name), $"unknown option{OptionCatalog.SuggestName(name)}"));
        }
    }

    /// <summary>Decides what is left open and checks everything.</summary>
    /// <param name="environments">Gives the spec of an environment with its options, or throws an <see cref="ArgumentException"/>.</param>
    /// <exception cref="InvalidOptionsException">Something is wrong; all problems of all layers together.</exception>
    /// <exception cref="EnvironmentException">The environment cannot be made, as <paramref name="environments"/> says.</exception>
    public RunOptions Build(Func<string, EnvironmentSpec> environments)
    {
        HashSet<string> settled = [.. _problems.Select(problem => problem.Option)];
        (RunOptions resolved, IReadOnlyList<OptionProblem> found) = RunDefaults.TryResolve(Options, environments, settled);
        return _problems.Count + found.Count == 0 ? resolved : throw new InvalidOptionsException([.. _problems, .. found]);
    }

    private void Set(OptionEntry entry, string? text, string? place)
    {
        Options = entry.Apply(Options, text, out string? problem);
        if (problem is not null)
        {
            _problems.Add(new OptionProblem(entry.Name, place is null ? problem : $"{problem} ({place})"));
        }
    }
}
