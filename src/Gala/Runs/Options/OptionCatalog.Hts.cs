namespace Gala.Runs;

public static partial class OptionCatalog
{
    private const string HtsGroup = "HTS-RL";
    private static readonly string[] HtsOnly = ["hts"];

    private static IEnumerable<OptionEntry> HtsOptions() =>
    [
        new(
            new WholeNumberType<int>(1, 65_536),
            options => options.SyncInterval,
            (options, value) => options with { SyncInterval = (int?)value })
        {
            Key = "syncInterval",
            Group = HtsGroup,
            ValueHint = "T",
            Description = "Environment steps of each simulator between two swaps of the storages: another name for --rollout",
            DefaultText = "that of --rollout",
            UnsetWord = OptionEntry.Automatic,
            Architectures = HtsOnly,
        },
        new(
            new WholeNumberType<int>(1, HtsDefaults.MostThreads),
            options => options.Actors,
            (options, value) => options with { Actors = (int?)value })
        {
            Key = "actors",
            Group = HtsGroup,
            ValueHint = "M",
            Description = "Threads that compute actions; results are the same to the bit",
            DefaultText = "1",
            UnsetWord = OptionEntry.Automatic,
            Architectures = HtsOnly,
        },
        new(
            new WholeNumberType<int>(1, HtsDefaults.MostThreads),
            options => options.Executors,
            (options, value) => options with { Executors = (int?)value })
        {
            Key = "executors",
            Group = HtsGroup,
            ValueHint = "E",
            Description = "Threads that step simulators; as many as simulators where these wait. Results are the same to the bit",
            DefaultText = "one a processor, at most one a simulator",
            UnsetWord = OptionEntry.Automatic,
            Architectures = HtsOnly,
        },
    ];
}
