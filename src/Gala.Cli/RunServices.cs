using Gala.Cli.Watch;
using Gala.Gossip;
using Gala.Measuring;
using Gala.Runs;

namespace Gala.Cli;

/// <summary>What the commands ask of the library. Tests put their own in, to see what a command makes of an outcome.</summary>
internal sealed record RunServices
{
    public Func<RunOptions, IReadOnlyList<ITrainingObserver>, CancellationToken, ICluster, TrainingOutcome> Start { get; init; } =
        TrainingRun.Start;

    public Func<string, long?, IReadOnlyList<ITrainingObserver>, CancellationToken, ICluster, TrainingOutcome> Resume { get; init; } =
        TrainingRun.Resume;

    /// <summary>Repeats a recorded run.</summary>
    public Func<string, string?, int?, IReadOnlyList<ITrainingObserver>, CancellationToken, TrainingOutcome> Replay { get; init; } = TrainingRun.Replay;

    /// <summary>From the name of a transport to the processes that train together.</summary>
    public Func<string, ICluster> Join { get; init; } = Clusters.Join;

    public Func<string, int, int?, bool, ulong, Action<string>, int, CancellationToken, Evaluation> Evaluate { get; init; } = Evaluation.Play;

    public Func<ComputeOptions, Action<string>, ComputeMeasurement> MeasureCompute { get; init; } =
        (options, progress) => new ComputeBenchmark(options, progress).Run();

    public Func<RunOptions, TimeSpan, Action<string>, SoakMeasurement> Soak { get; init; } = SoakBenchmark.Run;

    public Func<string, int?, IWatchedPolicy> LoadPolicy { get; init; } = TrainedPlayer.Load;
}
