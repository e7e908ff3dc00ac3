namespace Gala.Runs;

public static partial class OptionCatalog
{
    private const string GossipGroup = "How agents agree";
    private const double ShortestTimeOut = 0.05; // seconds: threads that share cores are silent for some milliseconds now and then

    private static readonly string[] GalaOnly = ["gala"];

    private static IEnumerable<OptionEntry> GossipOptions() =>
    [
        new(
            new GossipRuleType(),
            options => options.Gossip,
            (options, value) => options with { Gossip = (string)value! })
        {
            Key = "gossip",
            Group = GossipGroup,
            ValueHint = "RULE",
            Description = "After which updates agents gossip: every, every=H, rarer as the learning rate falls (qsr=H0/A), while gradients change (significant=DELTA)",
            Architectures = GalaOnly,
        },
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
            Description = "Exchanges that an in-peer may be behind before an agent waits for it; a number that is never reached, such as 1m: without bound",
            DefaultText = "16",
            UnsetWord = OptionEntry.Automatic,
            Condition = options => !options.Deterministic && !RunDefaults.DecidesAlone(options),
            Architectures = GalaOnly,
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
            new RealNumberType(ShortestTimeOut, SecondsInADay),
            options => options.PeerTimeout,
            (options, value) => options with { PeerTimeout = (double)value! })
        {
            Key = "peerTimeout",
            Group = GossipGroup,
            ValueHint = "SECONDS",
            Description = "How long an agent, an actor or a process may give no sign of life: then the others go on without it until it is back, or the run ends where they cannot",
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
        new(
            new WholeNumberType<long>(0, MostFrames),
            options => options.LockStepFrames,
            (options, value) => options with { LockStepFrames = (long)value! })
        {
            Key = "lockStepFrames",
            Group = GossipGroup,
            ValueHint = "FRAMES",
            Description = "Frames in lock-step before agents gossip asynchronously",
            Architectures = GalaOnly,
        },
        new(
            new FlagType(),
            options => options.GossipStatistics,
            (options, value) => options with { GossipStatistics = (bool)value! })
        {
            Key = "gossipStatistics",
            Group = GossipGroup,
            ValueHint = "",
            Description = "Mix the mean squares of RMSProp too, with the weights of the parameters",
            Architectures = GalaOnly,
        },
        new(
            new FlagType(),
            options => options.GossipGradients,
            (options, value) => options with { GossipGradients = (bool?)value })
        {
            Key = "gossipGradients",
            Group = GossipGroup,
            ValueHint = "",
            Description = "Mix gradients and the mean squares of RMSProp too, and step by the mean gradient and its mean squares",
            DefaultText = "on with rmsprop for the small networks",
            UnsetWord = OptionEntry.Automatic,
            Architectures = GalaOnly,
        },
        new(
            new ChoiceType(["float32", "bfloat16"]),
            options => options.MessageFormat,
            (options, value) => options with { MessageFormat = (string)value! })
        {
            Key = "messageFormat",
            Group = GossipGroup,
            ValueHint = "NAME",
            Description = "How parameters travel: as they are, or rounded to half the bytes",
            Architectures = GalaOnly,
        },
    ];
}
