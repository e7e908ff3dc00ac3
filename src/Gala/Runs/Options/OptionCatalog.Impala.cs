namespace Gala.Runs;

public static partial class OptionCatalog
{
    private const string ImpalaGroup = "IMPALA";
    private static readonly string[] ImpalaOnly = ["impala"];

    private static IEnumerable<OptionEntry> ImpalaOptions() =>
    [
        new(
            new WholeNumberType<int>(1, ImpalaDefaults.MostTrajectories),
            options => options.Batch,
            (options, value) => options with { Batch = (int?)value })
        {
            Key = "batch",
            Group = ImpalaGroup,
            ValueHint = "B",
            Description = "Trajectories of one update",
            DefaultText = "one an actor",
            UnsetWord = OptionEntry.Automatic,
            Architectures = ImpalaOnly,
        },
        new(
            new WholeNumberType<int>(1, ImpalaDefaults.MostTrajectories),
            options => options.Queue,
            (options, value) => options with { Queue = (int?)value })
        {
            Key = "queue",
            Group = ImpalaGroup,
            ValueHint = "Q",
            Description = "Trajectories between actors and learner, being played or learned from included: actors wait when all are full",
            DefaultText = "a batch and one more for each actor and each further process",
            UnsetWord = OptionEntry.Automatic,
            Architectures = ImpalaOnly,
        },
        new(
            new RealNumberType(0, 1_000_000, LowestAllowed: false),
            options => options.RhoBar,
            (options, value) => options with { RhoBar = (double?)value })
        {
            Key = "rhoBar",
            Group = ImpalaGroup,
            ValueHint = "X",
            Description = "Where V-trace cuts the ratios of policies in the temporal differences",
            DefaultText = "1",
            UnsetWord = OptionEntry.Automatic,
            Architectures = ImpalaOnly,
        },
        new(
            new RealNumberType(0, 1_000_000, LowestAllowed: false),
            options => options.CBar,
            (options, value) => options with { CBar = (double?)value })
        {
            Key = "cBar",
            Group = ImpalaGroup,
            ValueHint = "X",
            Description = "Where V-trace cuts the ratios of policies along the trace; at most --rho-bar",
            DefaultText = "1, or --rho-bar if that is less",
            UnsetWord = OptionEntry.Automatic,
            Architectures = ImpalaOnly,
        },
        new(
            new RealNumberType(0, 1),
            options => options.VTraceLambda,
            (options, value) => options with { VTraceLambda = (double?)value })
        {
            Key = "vTraceLambda",
            Group = ImpalaGroup,
            ValueHint = "X",
            Description = "How much of V-trace's trace is left after each step; 1 gives n-step targets",
            DefaultText = "1",
            UnsetWord = OptionEntry.Automatic,
            Architectures = ImpalaOnly,
        },
    ];
}
