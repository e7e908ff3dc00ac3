namespace Gala.Runs;

/// <summary>Trains: from options to a finished run folder.</summary>
public static class TrainingRun
{
    /// <summary>Starts a new run and returns when it has ended.</summary>
    /// <param name="options">What is null is taken from <see cref="RunDefaults"/>.</param>
    /// <param name="observers">Hear how it goes, beside the run folder's own files.</param>
    /// <param name="stop">Asks for a checkpoint and an early end.</param>
    /// <exception cref="InvalidOptionsException">Some options cannot be run; nothing was written.</exception>
    /// <exception cref="InvalidRunException">The run's folder is not empty; nothing was written.</exception>
    /// <exception cref="TrainingFailedException">An agent failed; the run's last checkpoint remains.</exception>
    public static TrainingOutcome Start(RunOptions options, IReadOnlyList<ITrainingObserver> observers, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observers);
        RunOptions resolved = RunDefaults.Resolve(options);
        using RunFolder folder = RunFolder.Create(resolved);
        using TrainingSession session = new(folder, folder.ReadOptions(), checkpoint: null, observers);
        return session.Run(stop);
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
        throw new NotSupportedException();
    }
}
