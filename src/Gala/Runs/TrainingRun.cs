using System.Globalization;
using Gala.Environments;
using Gala.Gossip;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Trains: from options to a finished run folder.</summary>
public static partial class TrainingRun
{
    /// <summary>Starts a new run and returns when it has ended.</summary>
    /// <param name="options">What is null is decided by <see cref="RunDefaults"/>.</param>
    /// <param name="observers">Hear how it goes, beside the run folder's own files.</param>
    /// <param name="stop">Asks for a checkpoint and an early end.</param>
    /// <param name="cluster">The processes that train together, all of which call this; null for this one alone.</param>
    /// <exception cref="InvalidOptionsException">Some options cannot be run; nothing was written.</exception>
    /// <exception cref="InvalidRunException">The run's folder is not empty, or the processes do not fit each other; nothing was written.</exception>
    /// <exception cref="EnvironmentException">An environment cannot be made or breaks a promise, so that nothing was trained.</exception>
    /// <remarks>Whatever else is thrown before the first update, as by an environment that cannot be made, leaves no folder behind either.</remarks>
    /// <exception cref="TrainingFailedException">An agent failed; the run's last checkpoint remains.</exception>
    public static TrainingOutcome Start(
        RunOptions options, IReadOnlyList<ITrainingObserver> observers, CancellationToken stop, ICluster? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observers);
        cluster ??= new SingleProcess();
        using SimulatorSource simulators = new() { Stop = stop };
        RunOptions resolved = RunDefaults.Resolve(options, simulators.SpecOf);
        ThrowIfOthersWereStarted(resolved, cluster);
        using RunFolder folder = ClusterFolder.Create(resolved, cluster, RunTopology.ReadFileOf(resolved));
        return Train(folder, folder.ReadOptions, checkpoint: null, notes: [], simulators, observers, cluster, stop);
    }

    /// <summary>Goes on from the newest whole checkpoint of a run and returns when it has ended.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="frames">New total of frames, or null for the run's own.</param>
    /// <param name="observers">Hear how it goes.</param>
    /// <param name="stop">Asks for a checkpoint and an early end.</param>
    /// <param name="cluster">The processes that train together, as many as before; null for this one alone.</param>
    /// <exception cref="InvalidOptionsException">The new total cannot be run; nothing was written.</exception>
    /// <exception cref="InvalidRunException">No run, no whole checkpoint, or nothing left to do; nothing was written.</exception>
    /// <exception cref="EnvironmentException">An environment cannot be made or breaks a promise, so that nothing was trained.</exception>
    /// <exception cref="TrainingFailedException">An agent failed; the run's last checkpoint remains.</exception>
    public static TrainingOutcome Resume(
        string directory, long? frames, IReadOnlyList<ITrainingObserver> observers, CancellationToken stop, ICluster? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(observers);
        cluster ??= new SingleProcess();
        using RunFolder folder = ClusterFolder.Open(directory, cluster);
        using SimulatorSource simulators = new() { Stop = stop };
        RunOptions options = folder.ReadOptions();
        RunEnvironment.RequireRegistered(options.Environment, folder);
        options = RunDefaults.Resolve(options, simulators.SpecOf);
        ClusterFolder.RequireAsManyAs(options.Processes, directory);
        ThrowIfOthersWereStarted(options, cluster);
        RunOptions before = options;
        options = frames is { } total ? RunDefaults.Resolve(options with { Frames = total }, simulators.SpecOf) : options;
        folder.Lock();
        ClusterFolder.RequireSame(options, cluster);
        bool learns = cluster.Process < options.LearningProcesses;
        List<string> notes = [];
        Checkpoint? checkpoint = learns ? new CheckpointStore(folder.CheckpointsDirectory).LoadNewestWhole(notes.Add) : null;
        if (checkpoint is not null)
        {
            CheckpointFit.Require(checkpoint, options, simulators.SpecOf(options.Environment));
        }

        ThrowIfOutOfStep(checkpoint, options, cluster);
        long done = FramesOfAll(checkpoint, cluster);
        long framesOfARound = RunDefaults.FramesOfARound(options, simulators.SpecOf(options.Environment));
        if (done + framesOfARound > options.Frames)
        {
            throw new InvalidRunException(string.Create(
                CultureInfo.InvariantCulture, $"the run has its {done:N0} frames already; {AdviceOnFrames(done, framesOfARound, options)}"));
        }

        before = checkpoint?.Options is { LearningRate: not null } kept ? kept : before; // run.yaml may have been edited
        if (checkpoint is not null && RateChange(before, options, framesOfARound, done) is { } change)
        {
            notes.Add(change);
        }

        simulators.FramesBefore = done;
        return Train(folder, () => options, checkpoint, notes, simulators, observers, cluster, stop);
    }

    private static TrainingOutcome Train(
        RunFolder folder,
        Func<RunOptions> read,
        Checkpoint? checkpoint,
        List<string> notes,
        SimulatorSource simulators,
        IReadOnlyList<ITrainingObserver> observers,
        ICluster cluster,
        CancellationToken stop)
    {
        bool begun = false;
        try
        {
            RunOptions options = read();
            RunSession number = RunSession.Next(folder, checkpoint?.Frames);
            using MetricsFile metrics = new(folder.MetricsFile, TimeProvider.System, number);
            using TensorBoardFile events = new(folder.TensorBoardDirectory, TimeProvider.System, number);
            using LogFile log = new(folder.LogFile, TimeProvider.System);
            using TrainingSession session = Prepare(folder, options, checkpoint, [metrics, events, log, .. observers], cluster, simulators);
            if (checkpoint is not null)
            {
                folder.WriteOptions(options);
            }

            simulators.HandOver();
            Mark(log, number, session);
            notes.ForEach(session.Note);
            begun = true;
            return session.Run(stop);
        }
        catch (Exception exception) when (!begun && exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRunException(
                $"cannot write to the run's folder {OneLine.QuotePath(folder.Path)}: {OneLine.Message(exception).TrimEnd('.')}", exception);
        }
        finally
        {
            if (!begun)
            {
                folder.Withdraw(); // which touches no run that trained
            }
        }
    }

    private static TrainingSession Prepare(
        RunFolder folder,
        RunOptions options,
        Checkpoint? checkpoint,
        IReadOnlyList<ITrainingObserver> observers,
        ICluster cluster,
        SimulatorSource simulators)
    {
        try
        {
            return new TrainingSession(folder, options, checkpoint, observers, cluster, simulators);
        }
        catch (InvalidRunException) when (checkpoint is not null && CheckpointFit.LikelyChanges(checkpoint, options).Length > 0)
        {
            throw CheckpointFit.Changed(CheckpointFit.LikelyChanges(checkpoint, options)); // which tells more than what the state lacks
        }
    }

    private static void Mark(LogFile log, RunSession number, TrainingSession session)
    {
        try
        {
            log.OnMessage(number.ToString());
        }
        catch (IOException exception)
        {
            session.Note($"{nameof(LogFile)} could not write: {OneLine.Message(exception)}");
        }
    }

    /// <summary>A total that the run can really have.</summary>
    private static string AdviceOnFrames(long done, long framesOfARound, RunOptions options)
    {
        long least = done + framesOfARound, twice = Math.Min(OptionCatalog.MostFrames, 2 * Math.Max(done, options.Frames));
        return least <= OptionCatalog.MostFrames
            ? $"give a larger total, such as --frames {Math.Max(least, twice)}"
            : string.Create(CultureInfo.InvariantCulture, $"no run has more than {OptionCatalog.MostFrames:N0}: start a new one");
    }

    /// <summary>What another total of frames makes of a rate that falls to 0 at the last one; null if it stays as it is.</summary>
    private static string? RateChange(RunOptions before, RunOptions now, long framesOfARound, long done)
    {
        if (now.LearningRateSchedule != "linear" || now.Frames == before.Frames)
        {
            return null;
        }

        long rounds = done / framesOfARound;
        double was = Blocks.Schedule(before, framesOfARound).At(rounds), next = Blocks.Schedule(now, framesOfARound).At(rounds);
        return string.Create(CultureInfo.InvariantCulture,
            $"The learning rate falls to 0 over the new total of {now.Frames:N0} frames: "
            + $"it continues at {next:G3}; it was {was:G3} at the checkpoint.");
    }

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
        cluster.Gather(
            BitConverter.GetBytes(checkpoint?.Frames ?? 0),
            (_, frames) => sum = Math.Min(sum + BitConverter.ToInt64(frames.Span), 2 * OptionCatalog.MostFrames)); // far from an overflow
        return BitConverter.ToInt64(cluster.Broadcast(BitConverter.GetBytes(sum)));
    }
}
