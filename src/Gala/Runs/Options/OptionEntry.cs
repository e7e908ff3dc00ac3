using System.Text;

namespace Gala.Runs;

/// <summary>One option of a run: its name everywhere, what it takes, and how to set it.</summary>
public sealed class OptionEntry
{
    /// <summary>The <see cref="UnsetWord"/> of options that the run's defaults decide.</summary>
    internal const string Automatic = "auto";

    private readonly OptionType _type;
    private readonly Func<RunOptions, object?> _get;
    private readonly Func<RunOptions, object?, RunOptions> _set;
    private string? _name;

    /// <param name="type">What the option takes.</param>
    /// <param name="get">The value, null if it is left to the defaults.</param>
    /// <param name="set">The options with another value of the option's type.</param>
    internal OptionEntry(OptionType type, Func<RunOptions, object?> get, Func<RunOptions, object?, RunOptions> set) =>
        (_type, _get, _set) = (type, get, set);

    /// <summary>Key in the YAML file, such as <c>learningRate</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Name on the command line, such as <c>--learning-rate</c>.</summary>
    public string Name => _name ??= NameOf(Key);

    /// <summary>Placeholder of the value in a usage line, such as <c>FRAMES</c>; empty for a switch.</summary>
    public required string ValueHint { get; init; }

    /// <summary>What the option does, one line without a full stop.</summary>
    public required string Description { get; init; }

    /// <summary>Heading under which help and <c>run.yaml</c> list the option.</summary>
    public required string Group { get; init; }

    /// <summary>What holds if the option is not given, for people.</summary>
    public string DefaultText { get => field ?? Format(new RunOptions()) ?? ""; init; }

    /// <summary>The word that takes an earlier layer's value back, <c>auto</c> or <c>none</c>; null if there is none.</summary>
    public string? UnsetWord { get; init; }

    /// <summary>The names to choose from, where there is such a list.</summary>
    public IReadOnlyList<string> Choices => _type.Choices;

    /// <summary>Whether the option stands alone on the command line, without a value.</summary>
    public bool IsSwitch => _type is FlagType;

    /// <summary>The architectures that use the option; null: all. With others it must be left as it is by default.</summary>
    internal IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>Whether the run's defaults choose a value where none is given.</summary>
    internal bool IsDecidedByDefaults => UnsetWord == Automatic && !IsOfTheMachine;

    /// <summary>Whether each session decides anew where no value is given, since that depends on the machine and changes nothing of what is learned.</summary>
    internal bool IsOfTheMachine { get; init; }

    private bool CanBeUnset => _get(new RunOptions()) is null;

    /// <summary>Sets the option from a text.</summary>
    /// <param name="options">The options so far.</param>
    /// <param name="text">As typed; null sets the option back to "decided by the run's defaults".</param>
    /// <param name="problem">What is expected and what came, in one line; null if the value was set.</param>
    /// <returns>The options with the value, or as they were if there is a problem.</returns>
    public RunOptions Apply(RunOptions options, string? text, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(options);
        problem = null;
        if (CanBeUnset && (text is null || text == UnsetWord))
        {
            return _set(options, null);
        }

        object? value = _type.Parse(text ?? "");
        if (value is null || !_type.Allows(value))
        {
            problem = _type.Problem(text ?? "");
            return options;
        }

        return _set(options, value);
    }

    /// <summary>The option's value as text that <see cref="Apply"/> reads back; null if it is left to the defaults and has no word for that.</summary>
    public string? Format(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _get(options) is { } value ? _type.Format(value) : UnsetWord;
    }

    /// <summary>The text of a file's setting, with the path of another file, if it is one, found from a folder.</summary>
    internal string Locate(string text, string folder) => _type.Locate(text, folder);

    /// <summary>What else must hold for the option to have an effect; null: nothing.</summary>
    internal Func<RunOptions, bool>? Condition { get; init; }

    /// <summary>Whether the run's architecture knows the option.</summary>
    internal bool IsOf(RunOptions options) => Architectures?.Contains(options.Architecture) ?? true;

    /// <summary>Whether the option has an effect on the run.</summary>
    internal bool IsUsedBy(RunOptions options) => IsOf(options) && (Condition?.Invoke(options) ?? true);

    /// <summary>Whether the option has no value.</summary>
    internal bool IsLeftOpen(RunOptions options) => _get(options) is null;

    /// <summary>Whether the option has the value that it has without being given, or none.</summary>
    internal bool IsDefault(RunOptions options) => Equals(_get(options), _get(new RunOptions()));

    /// <summary>What is wrong with the option's value, in one line; null if nothing is.</summary>
    internal string? Problem(RunOptions options) => _get(options) switch
    {
        null => CanBeUnset ? null : $"expected {_type.Expected}, not nothing",
        object value => _type.Allows(value) ? null : _type.Problem(_type.Format(value)),
    };

    private static string NameOf(string key)
    {
        StringBuilder name = new("--");
        foreach (char letter in key)
        {
            _ = char.IsAsciiLetterUpper(letter) ? name.Append('-').Append(char.ToLowerInvariant(letter)) : name.Append(letter);
        }

        return name.ToString();
    }
}
