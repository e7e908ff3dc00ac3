using Gala.Networks;

namespace Gala.Runs;

public static partial class OptionCatalog
{
    private const string TaskGroup = "What is trained";
    internal const long MostFrames = 1_000_000_000_000_000; // counted exactly by doubles as well

    private static IEnumerable<OptionEntry> TaskOptions() =>
    [
        new(
            new ChoiceType(["gala", "a2c", "a3c", "impala", "hts"]),
            options => options.Architecture,
            (options, value) => options with { Architecture = (string)value! })
        {
            Key = "architecture",
            Group = TaskGroup,
            ValueHint = "NAME",
            Description = "How agents act, learn and agree: gala (agents that gossip), a2c (workers that average gradients), a3c (workers on shared parameters), "
                + "impala (actors that play for one learner) or hts (a learner beside asynchronous executors and actors)",
        },
        new(
            new TextType("an environment such as minatar/breakout"),
            options => options.Environment,
            (options, value) => options with { Environment = (string)value! })
        {
            Key = "environment",
            Group = TaskGroup,
            ValueHint = "ID",
            Description = "Environment with its options, such as minatar/breakout:sticky=0.1",
        },
        new(
            new WholeNumberType<int>(1, 1_024),
            options => options.Agents,
            (options, value) => options with { Agents = (int?)value })
        {
            Key = "agents",
            Group = TaskGroup,
            ValueHint = "K",
            Description = "Number of actor-learners; of a2c, workers of one learner; of impala, actors",
            DefaultText = "1 for a2c and hts, 4 for the others",
            UnsetWord = OptionEntry.Automatic,
        },
        new(
            new WholeNumberType<int>(1, 65_536),
            options => options.Simulators,
            (options, value) => options with { Simulators = (int)value! })
        {
            Key = "simulators",
            Group = TaskGroup,
            ValueHint = "N",
            Description = "Simulators of each agent",
        },
        new(
            new WholeNumberType<int>(1, 1_024),
            options => options.ComputeThreads,
            (options, value) => options with { ComputeThreads = (int)value! })
        {
            Key = "computeThreads",
            Group = TaskGroup,
            ValueHint = "N",
            Description = "Threads that share out the computing of each agent; results are the same to the bit",
        },
        new(
            new WholeNumberType<int>(1, 1_024),
            options => options.Runners,
            (options, value) => options with { Runners = (int?)value })
        {
            Key = "runners",
            Group = TaskGroup,
            ValueHint = "N",
            Architectures = ["gala", "a2c", "a3c", "impala"],
            Description = "Agents of a process that have their turns at the same time; the others wait for theirs",
            DefaultText = "the processors that a process has, divided by --compute-threads",
            UnsetWord = OptionEntry.Automatic,
            IsOfTheMachine = true,
        },
        new(
            new WholeNumberType<long>(1, MostFrames),
            options => options.Frames,
            (options, value) => options with { Frames = (long)value! })
        {
            Key = "frames",
            Group = TaskGroup,
            ValueHint = "F",
            Description = "Simulator frames of all agents together, such as 3m or 500k",
            DefaultText = "3m",
        },
        new(
            new WholeNumberType<ulong>(0, ulong.MaxValue),
            options => options.Seed,
            (options, value) => options with { Seed = (ulong)value! })
        {
            Key = "seed",
            Group = TaskGroup,
            ValueHint = "S",
            Description = "Every random stream of the run derives from it",
        },
        new(
            new ChoiceType(NetworkPresets.Names),
            options => options.Network,
            (options, value) => options with { Network = (string?)value })
        {
            Key = "network",
            Group = TaskGroup,
            ValueHint = "NAME",
            Description = "Network preset",
            DefaultText = "the one that suits the observation",
            UnsetWord = OptionEntry.Automatic,
        },
    ];
}
