using System.Globalization;
using Gala.Environments;
using Gala.Gossip;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Trains: from options to a finished run folder.</summary>
public static class TrainingRun
{
    /// <summary>Starts a new run and returns when it has ended.</summary>
    /// <param name="options">What is null is decided by <see cref="RunDefaults"/>.</param>
    /// <param name="observers">Hear how it goes, beside the run folder's own files.</param>
    /// <param name="stop">Asks for a checkpoint and an early end.</param>
    /// <param name="cluster">The processes that train together, all of which call this; null for this one alone.</param>
    /// <exception cref="InvalidOptionsException">Some options cannot be run; nothing was written.</exception>
    /// <exception cref="InvalidRunException">The run's folder is not empty, or the processes do not fit each other; nothing was written.</exception>
    /// <exception cref="TrainingFailedException">An agent failed; the run's last checkpoint remains.</exception>
    public static TrainingOutcome Start(
        RunOptions options, IReadOnlyList<ITrainingObserver> observers, CancellationToken stop, ICluster? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observers);
        cluster ??= new SingleProcess();
        RunOptions resolved = RunDefaults.Resolve(options, SpecOf);
        ThrowIfOthersWereStarted(resolved, cluster);
        using RunFolder folder = ClusterFolder.Create(resolved, cluster);
        return Train(folder, folder.ReadOptions(), checkpoint: null, observers, cluster, stop);
    }

    /// <summary>Goes on from the newest whole checkpoint of a run and returns when it has ended.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="frames">New total of frames, or null for the run's own.</param>
    /// <param name="observers">Hear how it goes.</param>
    /// <param name="stop">Asks for a checkpoint and an early end.</param>
    /// <param name="cluster">The processes that train together, as many as before; null for this one alone.</param>
    /// <exception cref="InvalidOptionsException">The new total cannot be run; nothing was written.</exception>
    /// <exception cref="InvalidRunException">No run, no whole checkpoint, or nothing left to do; nothing was written.</exception>
    /// <exception cref="TrainingFailedException">An agent failed; the run's last checkpoint remains.</exception>
    public static TrainingOutcome Resume(
        string directory, long? frames, IReadOnlyList<ITrainingObserver> observers, CancellationToken stop, ICluster? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(observers);
        cluster ??= new SingleProcess();
        using RunFolder folder = RunFolder.Open(ClusterFolder.PathOf(directory, cluster.Process));
        RunOptions options = RunDefaults.Resolve(folder.ReadOptions(), SpecOf);
        ThrowIfOthersWereStarted(options, cluster);
        options = frames is { } total ? RunDefaults.Resolve(options with { Frames = total }, SpecOf) : options;
        folder.Lock();
        bool learns = cluster.Process < options.LearningProcesses;
        Checkpoint? checkpoint = learns ? LoadNewestWhole(folder, options, observers) : null;
        ThrowIfOutOfStep(checkpoint, options, cluster);
        long done = FramesOfAll(checkpoint, cluster);
        if (done + FramesOfARound(options) > options.Frames)
        {
            throw new InvalidRunException(
                string.Create(CultureInfo.InvariantCulture, $"the run has its {done:N0} frames already; give a larger total, such as --frames {2 * Math.Max(done, options.Frames)}"));
        }

        return Train(folder, options, checkpoint, observers, cluster, stop);
    }

    private static TrainingOutcome Train(
        RunFolder folder,
        RunOptions options,
        Checkpoint? checkpoint,
        IReadOnlyList<ITrainingObserver> observers,
        ICluster cluster,
        CancellationToken stop)
    {
        if (checkpoint is not null)
        {
            folder.WriteOptions(options);
        }

        RunSession begun = RunSession.Next(folder, checkpoint?.Frames);
        using MetricsFile metrics = new(folder.MetricsFile, TimeProvider.System, begun);
        using TensorBoardFile events = new(folder.TensorBoardDirectory, TimeProvider.System, begun);
        using LogFile log = new(folder.LogFile, TimeProvider.System);
        log.OnMessage(begun.ToString());
        using TrainingSession session = new(folder, options, checkpoint, [metrics, events, log, .. observers], cluster);
        return session.Run(stop);
    }

    private static Checkpoint LoadNewestWhole(RunFolder folder, RunOptions options, IReadOnlyList<ITrainingObserver> observers) =>
        new CheckpointStore(folder.CheckpointsDirectory, options.KeepCheckpoints).LoadNewestWhole(message =>
        {
            foreach (ITrainingObserver observer in observers)
            {
                observer.OnMessage(message);
            }
        });

    private static void ThrowIfOthersWereStarted(RunOptions options, ICluster cluster)
    {
        if (options.Processes != cluster.Processes)
        {
            throw new InvalidRunException(
                $"--processes: the run is of {options.Processes}, but {cluster.Processes} were started: start as many, as with mpirun -n {options.Processes}");
        }
    }

    /// <summary>Workers that go in lock-step can go on from the same update only; agents that gossip need not.</summary>
    private static void ThrowIfOutOfStep(Checkpoint? checkpoint, RunOptions options, ICluster cluster)
    {
        long first = BitConverter.ToInt64(cluster.Broadcast(BitConverter.GetBytes(checkpoint?.Frames ?? 0)));
        if (options.Architecture == "a2c" && checkpoint?.Frames != first)
        {
            throw new InvalidRunException(
                $"the newest checkpoint of process {cluster.Process} is of {checkpoint?.Frames} frames, that of process 0 of {first}: delete the newer one");
        }
    }

    /// <summary>Processes that went on without another one are ahead of it: each has its share, and does what is left of that.</summary>
    private static long FramesOfAll(Checkpoint? checkpoint, ICluster cluster)
    {
        long sum = 0;
        cluster.Gather(BitConverter.GetBytes(checkpoint?.Frames ?? 0), (_, frames) => sum += BitConverter.ToInt64(frames.Span));
        return BitConverter.ToInt64(cluster.Broadcast(BitConverter.GetBytes(sum)));
    }

    private static long FramesOfARound(RunOptions options) =>
        RunDefaults.StepsOfARound(options) * SpecOf(options.Environment).FrameSkip;

    private static EnvironmentSpec SpecOf(string environment) => EnvironmentRegistry.Default.Create(environment).Spec;
}
