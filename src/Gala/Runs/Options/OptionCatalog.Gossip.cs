namespace Gala.Runs;

public static partial class OptionCatalog
{
    private const string GossipGroup = "How agents agree";

    private static IEnumerable<OptionEntry> GossipOptions() =>
    [
        new(
            new TopologyType(),
            options => options.Topology,
            (options, value) => options with { Topology = (string)value! })
        {
            Key = "topology",
            Group = GossipGroup,
            ValueHint = "NAME",
            Description = "Who sends to whom: a name, random-regular:degree=3:seed=1, or a file such as graph.yaml",
        },
        new(
            new WholeNumberType<int>(0, int.MaxValue),
            options => options.MaxStaleness,
            (options, value) => options with { MaxStaleness = (int?)value })
        {
            Key = "maxStaleness",
            Group = GossipGroup,
            ValueHint = "N",
            Description = "Updates that an in-peer may be behind before an agent waits for it; a number that is never reached, such as 1m: without bound",
            DefaultText = "16",
            UnsetWord = OptionEntry.Automatic,
            Condition = options => !options.Deterministic,
            Architectures = ["gala"],
        },
        new(
            new FlagType(),
            options => options.Deterministic,
            (options, value) => options with { Deterministic = (bool)value! })
        {
            Key = "deterministic",
            Group = GossipGroup,
            ValueHint = "",
            Description = "Lock-step gossip: same seed, same parameters, however the threads are scheduled",
        },
    ];
}
