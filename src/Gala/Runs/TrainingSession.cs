using System.Collections.Concurrent;
using System.Globalization;
using Gala.Architectures;
using Gala.Gossip;

using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>One session of a run, from its start or a checkpoint to its end, an interruption or a failure.</summary>
/// <remarks>The agents' threads only train; reports, files and checkpoints are made by the thread that calls <see cref="Run"/>.</remarks>
internal sealed class TrainingSession : IDisposable
{
    private const int MostRefusedInARow = 100; // updates of an agent; it does not come back from that
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20); // how soon an end or a stop is noticed

    private readonly RunFolder _folder;
    private readonly RunOptions _options;
    private readonly IReadOnlyList<ITrainingObserver> _observers;
    private readonly ICluster _cluster;
    private readonly AgentGroup _group;
    private readonly ParameterSnapshots _snapshots;
    private readonly CheckpointCollector _captures;
    private readonly CheckpointStore _store;
    private readonly ProgressReporter _reporter;
    private readonly MessageQueue _messages = new();
    private readonly HashSet<ITrainingObserver> _failedObservers = [];
    private readonly ConcurrentDictionary<(int Agent, int Peer), bool> _refusedPeers = new(); // whose refused messages were told of
    private IReadOnlyList<int> _silent = []; // processes, as far as observers were told
    private readonly long _target; // updates of the whole run
    private IReadOnlyList<FailedAgent> _failedAgents = []; // replaced by the thread of one that fails, one after the other; read by any
    private long _newestCheckpoint;

    /// <summary>Prepares a session.</summary>
    /// <param name="folder">Where everything goes.</param>
    /// <param name="options">Complete.</param>
    /// <param name="checkpoint">Where to go on from; null for a new run.</param>
    /// <param name="observers">Hear how it goes.</param>
    /// <param name="cluster">The processes that train together.</param>
    public TrainingSession(
        RunFolder folder, RunOptions options, Checkpoint? checkpoint, IReadOnlyList<ITrainingObserver> observers, ICluster cluster)
    {
        (_folder, _options, _observers, _cluster) = (folder, options, observers, cluster);
        cluster.TimeOut = TimeSpan.FromSeconds(options.PeerTimeout);
        _group = AgentFactory.Create(options, timeOut => _messages.Add(string.Create(CultureInfo.InvariantCulture,
            $"Agent {timeOut.Rank} goes on without agent {timeOut.Peer}, which was silent for {timeOut.Waited.TotalSeconds:0} s.")), cluster, NoteRefusal);
        if (checkpoint is not null)
        {
            AgentCapture.Restore(checkpoint, _group.Agents);
            _newestCheckpoint = checkpoint.Frames;
        }

        _target = _group.UpdatesFor(options.Frames / options.LearningProcesses); // each of them does its share
        _snapshots = new ParameterSnapshots(_group.Agents.Count, _group.Agents is [var first, ..] ? first.Parameters.Length : 0);
        long interval = Math.Max(1, options.CheckpointEvery!.Value / options.LearningProcesses / _group.FramesPerRound);
        _captures = new CheckpointCollector(_group.Agents, interval);
        _store = new CheckpointStore(folder.CheckpointsDirectory, options.KeepCheckpoints);
        _reporter = new ProgressReporter(options, _group, _snapshots, checkpoint);
        NoteTooManyThreads(options);
    }

    /// <summary>Trains until the run's frames are done or <paramref name="stop"/> is asked for.</summary>
    /// <exception cref="TrainingFailedException">A worker failed; what was trained up to the last checkpoint remains.</exception>
    public TrainingOutcome Run(CancellationToken stop)
    {
        UpdateBudget budget = new(_target - _group.Updates) { LastOfAnAgent = _options.Deterministic ? _target / _group.Agents.Count : long.MaxValue };
        using WorkerThreads threads = new(_group.Workers, budget, AfterUpdate, AtEnd, GoOnWithout);
        ShareOut();
        _reporter.Start();
        threads.Start();
        TimeSpan nextReport = TimeSpan.Zero;
        bool ended = false;
        while (!ended)
        {
            nextReport += TimeSpan.FromSeconds(_options.ReportEvery);
            _snapshots.Request();
            ended = WaitUntil(nextReport, threads, stop);
            if (!ended)
            {
                Report();
            }
        }

        if (threads.Failure is { } failure)
        {
            _messages.Add($"{failure.Name} failed: {failure.Exception}");
            _messages.Drain(Tell);
            throw new TrainingFailedException(
                $"{failure.Name} failed: {OneLine.Message(failure.Exception)}; what was trained up to the last checkpoint is in {_folder.Path}",
                failure.Exception);
        }

        // One that failed in the last of all updates leaves it undone.
        return Finish(interrupted: _group.Updates < _target && (stop.IsCancellationRequested || _failedAgents.Count == 0));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _snapshots.Dispose();
        _group.Dispose();
    }

    private void AfterUpdate(IAgent agent)
    {
        NoteRefusal(agent);
        _snapshots.Offer(agent.Rank, agent.Parameters.Span, agent.Updates);
        _captures.AfterUpdate(agent);
    }

    /// <summary>Parameters and optimiser are as they were before a refused update, so that an agent goes on; but not for ever without learning.</summary>
    private void NoteRefusal(IAgent agent)
    {
        AgentProgress progress = agent.Progress;
        if (progress.RefusedInARow == MostRefusedInARow)
        {
            throw new ArithmeticException($"The gradients of {MostRefusedInARow} updates one after the other were not finite.");
        }

        if (progress is { RefusedInARow: 1, RefusedUpdates: 1 })
        {
            _messages.Add(string.Create(CultureInfo.InvariantCulture,
                $"{agent.Name}: update {agent.Updates:N0} was left out, since its gradient is not finite. More of them are only counted."));
        }
    }

    private void NoteRefusal(GossipRefusal refusal)
    {
        if (_refusedPeers.TryAdd((refusal.Rank, refusal.Peer), value: true))
        {
            _messages.Add(string.Create(CultureInfo.InvariantCulture,
                $"Agent {refusal.Rank}: a message of agent {refusal.Peer} was refused after update {refusal.Update:N0}, since its numbers are ")
                + "not all finite or its header is impossible. More of them are only counted.");
        }
    }

    private void AtEnd(IAgent agent) =>
        _snapshots.Finish(agent.Rank, agent.Parameters.Span, agent.Updates);

    /// <summary>What changes for the others when a worker has failed that they can do without. On its thread.</summary>
    private void GoOnWithout(WorkerFailure failure)
    {
        string reason = OneLine.Message(failure.Exception);
        Volatile.Write(ref _failedAgents, [.. _failedAgents, new FailedAgent(failure.Name, reason)]);
        _messages.Add($"{failure.Name} failed, the others go on without it: {reason}");
        if (failure.Worker is IAgent agent)
        {
            _captures.Lose(agent);
            ShareOut();
        }
    }

    /// <summary>Tells the agents that learn how many updates they will have made when all that are left are done.</summary>
    private void ShareOut()
    {
        IReadOnlyList<IAgent> living = _group.Living;
        long share = (_target - _group.Agents.Sum(agent => agent.Progress.Updates)) / Math.Max(1, living.Count);
        foreach (IAgent agent in living)
        {
            agent.ExpectUpdates(agent.Progress.Updates + share);
        }
    }

    /// <summary>Saves what checkpoints come together meanwhile. Returns whether all workers have ended.</summary>
    private bool WaitUntil(TimeSpan time, WorkerThreads threads, CancellationToken stop)
    {
        bool ended = false;
        while (!ended && _reporter.Elapsed < time)
        {
            ended = threads.Wait(Poll);
            if (stop.IsCancellationRequested)
            {
                threads.RequestStop();
            }

            _messages.Drain(Tell);
            // They may come faster than the disk takes them, and the one at the end is newer.
            while (!stop.IsCancellationRequested && _captures.TryTake(out IReadOnlyList<AgentCheckpoint> captures))
            {
                TrySave(captures);
            }
        }

        return ended;
    }

    private void Report()
    {
        NoteSilence();
        _messages.Drain(Tell);
        TrainingReport report = _reporter.Report() with { FailedAgents = Volatile.Read(ref _failedAgents) };
        Inform(observer => observer.OnReport(report));
    }

    private void NoteTooManyThreads(RunOptions options)
    {
        long threads = (long)_group.Agents.Count * options.ComputeThreads;
        if (options.ComputeThreads > 1 && threads > Environment.ProcessorCount)
        {
            _messages.Add($"{_group.Agents.Count} agents x {options.ComputeThreads} compute threads share {Environment.ProcessorCount} processors and "
                + "will wait for each other: a lower --compute-threads is faster.");
        }
    }

    private void NoteSilence()
    {
        IReadOnlyList<int> silent = _cluster.Silent;
        foreach (int process in silent.Except(_silent))
        {
            _messages.Add(string.Create(CultureInfo.InvariantCulture,
                $"Process {process} gave no sign of life for {_options.PeerTimeout:0.#} s: the others go on without it."));
        }

        foreach (int process in _silent.Except(silent))
        {
            _messages.Add($"Process {process} is back.");
        }

        _silent = silent;
    }

    private void Tell(string message) => Inform(observer => observer.OnMessage(message));

    /// <summary>A file that cannot be written, as on a full disk, is no reason to stop learning; the others hear of it, once.</summary>
    private void Inform(Action<ITrainingObserver> hear)
    {
        foreach (ITrainingObserver observer in _observers)
        {
            try
            {
                hear(observer);
            }
            catch (IOException exception)
            {
                if (_failedObservers.Add(observer))
                {
                    _messages.Add($"{observer.GetType().Name} lacks what it could not write: {OneLine.Message(exception)}");
                }
            }
        }
    }

    private TrainingOutcome Finish(bool interrupted)
    {
        try
        {
            Save(_captures.Final());
            Report();
            RunSummary summary = ClusterSummary.Merge(_cluster, Summarize(), _group);
            NoteSilence();
            SummaryFile.Write(_folder.SummaryFile, summary);
            return new TrainingOutcome(_folder.Path, summary, interrupted);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingFailedException(
                $"the end of the run could not be saved: {OneLine.Message(exception)}; what was trained up to the last checkpoint is in {_folder.Path}", exception);
        }
        finally
        {
            _messages.Drain(Tell);
        }
    }

    /// <summary>Training goes on without a checkpoint that cannot be written: those before it remain, and the next may find room again.</summary>
    private void TrySave(IReadOnlyList<AgentCheckpoint> captures)
    {
        try
        {
            Save(captures);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _messages.Add($"A checkpoint could not be written: {OneLine.Message(exception)}");
        }
    }

    private void Save(IReadOnlyList<AgentCheckpoint> captures)
    {
        long updates = captures.Sum(capture => capture.Updates);
        long frames = updates * _group.FramesPerUpdate;
        if (frames <= _newestCheckpoint)
        {
            return; // the end of a run may fall on a checkpoint that is there already
        }

        _store.Save(new Checkpoint
        {
            Frames = frames,
            Updates = updates,
            WallSeconds = _reporter.WallSeconds,
            Episodes = _reporter.Episodes,
            BestMeanReturn100 = _reporter.BestMeanReturn100,
            Agents = captures,
        });
        _newestCheckpoint = frames;
        _messages.Add(string.Create(CultureInfo.InvariantCulture, $"Checkpoint at {frames:N0} frames."));
    }

    private RunSummary Summarize()
    {
        long updates = _group.Updates;
        long frames = updates * _group.FramesPerUpdate;
        long steps = updates * _group.StepsPerUpdate;
        double seconds = _reporter.WallSeconds;
        return new RunSummary
        {
            Architecture = _options.Architecture,
            Environment = _options.Environment,
            Agents = _options.Agents!.Value,
            SimulatorsPerAgent = _options.Simulators,
            Seed = _options.Seed,
            Frames = frames,
            EnvironmentSteps = steps,
            Updates = updates,
            RefusedMessages = _group.Agents.Sum(agent => agent.Gossip.Statistics.RefusedMessages),
            RefusedUpdates = _group.Agents.Sum(agent => agent.Progress.RefusedUpdates),
            WallSeconds = seconds,
            FramesPerSecond = frames / seconds,
            EnvironmentStepsPerSecond = steps / seconds,
            Episodes = _reporter.Episodes,
            MeanReturn100 = _reporter.MeanReturn100,
            BestMeanReturn100 = _reporter.BestMeanReturn100,
            FailedAgents = _failedAgents,
            Consensus = _reporter.FinalConsensus(),
            Returns = _reporter.ReadReturns(),
            Gauges = _reporter.ReadGauges(),
            ParametersSha256 = ParametersDigest.Of(_group.Agents.Select(agent => agent.Parameters)),
            Version = GalaVersion.Current,
        };
    }
}
