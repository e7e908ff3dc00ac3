using System.Text.Json;
using Gala.Environments;
using Gala.Gossip;
using Gala.Networks;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

// Training again what was trained, by its record.
public static partial class TrainingRun
{
    /// <summary>Repeats a run that was recorded, in this process alone, and returns when it has ended where the run did: with the same parameters, to the bit.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="output">Folder of the replay, new or empty; null: a new one under runs/.</param>
    /// <param name="runners">Turns that are made at the same time; null: as many as there are processors.</param>
    /// <param name="observers">Hear how it goes.</param>
    /// <param name="stop">Asks for an early end.</param>
    /// <exception cref="InvalidRunException">The run has no record that can be repeated, or the folder of the replay is taken; nothing was written.</exception>
    /// <exception cref="EnvironmentException">An environment cannot be made.</exception>
    /// <exception cref="TrainingFailedException">The replay did something else than the run, as with an environment that does not repeat itself.</exception>
    public static TrainingOutcome Replay(
        string directory, string? output, int? runners, IReadOnlyList<ITrainingObserver> observers, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(observers);
        using RunFolder source = RunFolder.Open(directory);
        RunOptions trained = source.ReadOptions();
        RunEnvironment.RequireRegistered(trained.Environment, source);
        RunRecord record = RunRecord.Read(source, trained.Processes);
        RequireSame(record, trained);
        RunOptions options = OfReplay(record.Sessions[^1].Session, source, trained) with { Run = output, Runners = runners };
        using SimulatorSource first = new() { Stop = stop };
        RequireSameNetwork(record, options, first.SpecOf(options.Environment));
        using RunFolder folder = RunFolder.Create(options);
        bool begun = false;
        try
        {
            TrainingOutcome outcome = Replay(record, folder, source, trained, options, observers, () => begun = true, stop);
            return Compared(outcome, source, record.IsWhole);
        }
        finally
        {
            if (!begun)
            {
                folder.Withdraw();
            }
        }
    }

    private static TrainingOutcome Replay(
        RunRecord record,
        RunFolder folder,
        RunFolder source,
        RunOptions trained,
        RunOptions options,
        IReadOnlyList<ITrainingObserver> observers,
        Action begin,
        CancellationToken stop)
    {
        RunSession number = RunSession.Next(folder, resumedFrom: null);
        using MetricsFile metrics = new(folder.MetricsFile, TimeProvider.System, number);
        using TensorBoardFile events = new(folder.TensorBoardDirectory, TimeProvider.System, number);
        using LogFile log = new(folder.LogFile, TimeProvider.System);
        Checkpoint? checkpoint = null;
        foreach ((int index, (RecordedSession recorded, RecordedState until)) in record.Sessions.Index())
        {
            bool isLast = index == record.Sessions.Count - 1;
            RunOptions ofSession = OfReplay(recorded, source, trained) with { Run = options.Run, Runners = options.Runners };
            using SimulatorSource simulators = new() { Stop = stop, FramesBefore = recorded.Start.FramesBefore };
            ReplayedSession replay = new(recorded, until, isLast && record.IsWhole, trained.Processes);
            using TrainingSession session = new(folder, ofSession, checkpoint, [metrics, events, log, .. observers], new SingleProcess(), simulators, replay);
            simulators.HandOver();
            begin();
            session.Note($"Replays session {index + 1} of {record.Sessions.Count} of {source.Path}.");
            if (isLast)
            {
                return session.Run(stop);
            }

            checkpoint = session.RunToCheckpoint(stop);
            if (checkpoint is null)
            {
                throw new TrainingFailedException("the replay was stopped before the run's last session; nothing of it remains", innerException: null);
            }
        }

        throw new InvalidOperationException("A record without sessions is refused before.");
    }

    /// <summary>Options of the one process that repeats a session of all.</summary>
    private static RunOptions OfReplay(RecordedSession session, RunFolder source, RunOptions trained)
    {
        RunOptions options = RunOptionsFile.Parse(session.Start.Options, source.RecordFile);
        return options with
        {
            Agents = options.Agents * options.Processes,
            Processes = 1,
            Transport = "memory",
            Record = false,
            Topology = options.Topology == RunFolder.TopologyName ? source.TopologyFile : options.Topology,
            ReportEvery = trained.ReportEvery,
        };
    }

    private static void RequireSame(RunRecord record, RunOptions trained)
    {
        RunOptions recorded = RunOptionsFile.Parse(record.Sessions[^1].Session.Start.Options, RunFolder.RecordName);
        RunOptions now = RunFolder.AsWritten(trained);
        OptionEntry? changed = OptionCatalog.All.FirstOrDefault(entry => !IsFree(entry.Key) && entry.Format(now) != entry.Format(recorded));
        if (changed is not null)
        {
            throw new InvalidRunException(
                $"run.yaml was changed since the record: {changed.Key} is {changed.Format(now)}, was {changed.Format(recorded)}; put it back to replay the run");
        }
    }

    /// <summary>Whether an option changes nothing of what is computed.</summary>
    private static bool IsFree(string key) => key is "run" or "runners" or "record" or "computeThreads" or "reportEvery" or "keepCheckpoints" or "checkpointEvery" or "peerTimeout";

    private static void RequireSameNetwork(RunRecord record, RunOptions options, EnvironmentSpec environment)
    {
        string digest = RecordedStart.DigestOf(NetworkPresets.Create(options.Network!, environment.Observation, environment.Actions).Layout);
        if (record.Sessions.Any(session => session.Session.Start.Network != digest))
        {
            throw new InvalidRunException($"the record is of another network than {options.Network} is for {options.Environment} now: replay it where it was trained");
        }
    }

    /// <summary>What comes out must be what the run's own summary says.</summary>
    private static TrainingOutcome Compared(TrainingOutcome outcome, RunFolder source, bool isWhole)
    {
        if (!isWhole || outcome.Interrupted || !File.Exists(source.SummaryFile))
        {
            return outcome;
        }

        using JsonDocument summary = JsonDocument.Parse(File.ReadAllBytes(source.SummaryFile));
        string? before = summary.RootElement.TryGetProperty("parametersSha256", out JsonElement value) ? value.GetString() : null;
        return before is null || before == outcome.Summary.ParametersSha256
            ? outcome
            : throw new TrainingFailedException(
                $"the replay ended with other parameters ({outcome.Summary.ParametersSha256}) than the run ({before}): something in it does not repeat itself, "
                + "such as an environment, or the machine is of another kind", innerException: null);
    }
}
