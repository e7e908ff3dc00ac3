using Gala.Gossip;

namespace Gala.Runs;

public static partial class OptionCatalog
{
    private const string GossipGroup = "How agents agree";

    private static IEnumerable<OptionEntry> GossipOptions() =>
    [
        new(
            new ChoiceType(Topologies.All),
            options => options.Topology,
            (options, value) => options with { Topology = (string)value! })
        {
            Key = "topology",
            Group = GossipGroup,
            ValueHint = "NAME",
            Description = "Who sends to whom",
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
            new ChoiceType(["memory", "mpi"]),
            options => options.Transport,
            (options, value) => options with { Transport = (string)value! })
        {
            Key = "transport",
            Group = GossipGroup,
            ValueHint = "NAME",
            Description = "How messages get to other agents: memory (of one process) or mpi (between the processes that mpirun or srun started, as well)",
        },
        new(
            new WholeNumberType<int>(1, 65_536),
            options => options.Processes,
            (options, value) => options with { Processes = (int)value! })
        {
            Key = "processes",
            Group = GossipGroup,
            ValueHint = "P",
            Description = "Processes that train together, each with as many agents; must be what the launcher of --transport mpi started",
            DefaultText = "what was started",
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
