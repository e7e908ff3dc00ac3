namespace Gala.Runs;

public static partial class OptionCatalog
{
    private const string RecordGroup = "What is kept";
    private const double SecondsInADay = 86_400;

    private static IEnumerable<OptionEntry> RecordOptions() =>
    [
        new(
            new TextType("a folder"),
            options => options.Run,
            (options, value) => options with { Run = (string?)value })
        {
            Key = "run",
            Group = RecordGroup,
            ValueHint = "DIR",
            Description = "Folder of the run, new or empty",
            DefaultText = "a new one under runs/",
        },
        new(
            new WholeNumberType<long>(1, MostFrames),
            options => options.CheckpointEvery,
            (options, value) => options with { CheckpointEvery = (long?)value })
        {
            Key = "checkpointEvery",
            Group = RecordGroup,
            ValueHint = "FRAMES",
            Description = "Frames between checkpoints",
            DefaultText = "a tenth of the run",
            UnsetWord = OptionEntry.Automatic,
        },
        new(
            new WholeNumberType<int>(1, 1_000_000),
            options => options.KeepCheckpoints,
            (options, value) => options with { KeepCheckpoints = (int)value! })
        {
            Key = "keepCheckpoints",
            Group = RecordGroup,
            ValueHint = "N",
            Description = "How many of the newest checkpoints are kept",
        },
        new(
            new RealNumberType(0, SecondsInADay, LowestAllowed: false),
            options => options.ReportEvery,
            (options, value) => options with { ReportEvery = (double)value! })
        {
            Key = "reportEvery",
            Group = RecordGroup,
            ValueHint = "SECONDS",
            Description = "Seconds between reports",
        },
        new(
            new FlagType(),
            options => options.Record,
            (options, value) => options with { Record = (bool)value! })
        {
            Key = "record",
            Group = RecordGroup,
            ValueHint = "",
            Description = "Keep a record of what chance decides, a few bytes an update, by which gala replay repeats the run to the bit",
            Architectures = GalaOnly,
        },
    ];
}
