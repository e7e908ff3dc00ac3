namespace Gala.Runs;

/// <summary>Every option of a run, once: the command line, the YAML file, the messages and the help are made from this table.</summary>
public static partial class OptionCatalog
{
    private static readonly Dictionary<string, OptionEntry> ByName;
    private static readonly Dictionary<string, OptionEntry> ByKey;

    static OptionCatalog()
    {
        All = [.. TaskOptions(), .. LearningOptions(), .. GossipOptions(), .. ImpalaOptions(), .. HtsOptions(), .. RecordOptions()];
        ByName = All.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        ByKey = All.ToDictionary(entry => entry.Key, StringComparer.Ordinal);
    }

    /// <summary>The options in the order of help and of <c>run.yaml</c>.</summary>
    public static IReadOnlyList<OptionEntry> All { get; }

    /// <summary>The option of a name such as <c>--learning-rate</c>, or null.</summary>
    public static OptionEntry? FindName(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The option of a YAML key such as <c>learningRate</c>, or null.</summary>
    public static OptionEntry? FindKey(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>", did you mean --agents?" for a misspelt name of an option, or nothing if none is near.</summary>
    public static string SuggestName(string name) => NearestName.Suggestion(name, All.Select(entry => entry.Name));

    /// <summary>", did you mean agents?" for a misspelt key, or nothing if none is near.</summary>
    internal static string SuggestKey(string key) => NearestName.Suggestion(key, All.Select(entry => entry.Key));

    /// <summary>The option that a property of <see cref="RunOptions"/> stands for.</summary>
    internal static OptionEntry Of(string property) => ByKey[char.ToLowerInvariant(property[0]) + property[1..]];
}
