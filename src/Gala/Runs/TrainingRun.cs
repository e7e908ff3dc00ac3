using Gala.Environments;

using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Trains: from options to a finished run folder.</summary>
public static class TrainingRun
{
    /// <summary>Starts a new run and returns when it has ended.</summary>
    /// <param name="options">What is null is decided by <see cref="RunDefaults"/>.</param>
    /// <param name="observers">Hear how it goes, beside the run folder's own files.</param>
    /// <param name="stop">Asks for a checkpoint and an early end.</param>
    /// <exception cref="InvalidOptionsException">Some options cannot be run; nothing was written.</exception>
    /// <exception cref="InvalidRunException">The run's folder is not empty; nothing was written.</exception>
    /// <exception cref="TrainingFailedException">An agent failed; the run's last checkpoint remains.</exception>
    public static TrainingOutcome Start(RunOptions options, IReadOnlyList<ITrainingObserver> observers, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observers);
        RunOptions resolved = RunDefaults.Resolve(options, SpecOf);
        using RunFolder folder = RunFolder.Create(resolved, TimeProvider.System);
        return Train(folder, folder.ReadOptions(), checkpoint: null, observers, stop);
    }

    /// <summary>Goes on from the newest whole checkpoint of a run and returns when it has ended.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="frames">New total of frames, or null for the run's own.</param>
    /// <param name="observers">Hear how it goes.</param>
    /// <param name="stop">Asks for a checkpoint and an early end.</param>
    /// <exception cref="InvalidOptionsException">The new total cannot be run; nothing was written.</exception>
    /// <exception cref="InvalidRunException">No run, no whole checkpoint, or nothing left to do; nothing was written.</exception>
    /// <exception cref="TrainingFailedException">An agent failed; the run's last checkpoint remains.</exception>
    public static TrainingOutcome Resume(
        string directory, long? frames, IReadOnlyList<ITrainingObserver> observers, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(observers);
        using RunFolder folder = RunFolder.Open(directory);
        RunOptions options = RunDefaults.Resolve(folder.ReadOptions(), SpecOf);
        options = frames is { } total ? RunDefaults.Resolve(options with { Frames = total }, SpecOf) : options;
        folder.Lock();
        Checkpoint checkpoint = new CheckpointStore(folder.CheckpointsDirectory, options.KeepCheckpoints).LoadNewestWhole(message =>
        {
            foreach (ITrainingObserver observer in observers)
            {
                observer.OnMessage(message);
            }
        });
        if (checkpoint.Frames + FramesOfARound(options) > options.Frames)
        {
            throw new InvalidRunException(
                $"the run has its {checkpoint.Frames:N0} frames already; give a larger total, such as --frames {2 * Math.Max(checkpoint.Frames, options.Frames)}");
        }

        return Train(folder, options, checkpoint, observers, stop);
    }

    private static TrainingOutcome Train(
        RunFolder folder, RunOptions options, Checkpoint? checkpoint, IReadOnlyList<ITrainingObserver> observers, CancellationToken stop)
    {
        if (checkpoint is not null)
        {
            folder.WriteOptions(options);
        }

        using MetricsFile metrics = new(folder.MetricsFile, TimeProvider.System);
        using TensorBoardFile events = new(folder.TensorBoardDirectory, TimeProvider.System);
        using LogFile log = new(folder.LogFile, TimeProvider.System);
        using TrainingSession session = new(folder, options, checkpoint, [metrics, events, log, .. observers]);
        return session.Run(stop);
    }

    private static long FramesOfARound(RunOptions options) =>
        RunDefaults.StepsOfARound(options) * SpecOf(options.Environment).FrameSkip;

    private static EnvironmentSpec SpecOf(string environment) => EnvironmentRegistry.Default.Create(environment).Spec;
}
