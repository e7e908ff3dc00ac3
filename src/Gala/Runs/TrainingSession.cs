using System.Collections.Concurrent;
using System.Globalization;
using Gala.Architectures;
using Gala.Gossip;
using Gala.Runs.Checkpoints;
using Gala.Scheduling;

namespace Gala.Runs;

/// <summary>One session of a run, from its start or a checkpoint to its end, an interruption or a failure.</summary>
/// <remarks>The agents' threads only train; reports, files and checkpoints are made by the thread that calls <see cref="Run"/>.</remarks>
internal sealed partial class TrainingSession : IDisposable
{
    private const int MostLossesTold = 3; // of a worker that falls silent again and again
    private const int FewLeftOut = 10; // checkpoints of a whole run by default: a short one may lack some of them without a word
    private const int MostRefusedInARow = 100; // updates of an agent; it does not come back from that
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20); // how soon an end or a stop is noticed

    private readonly RunFolder _folder;
    private readonly RunOptions _options;
    private readonly ICluster _cluster;
    private readonly AgentGroup _group;
    private readonly Runners _runners;
    private readonly ParameterSnapshots _snapshots;
    private readonly CheckpointCollector _captures;
    private readonly ProgressReporter _reporter;
    private readonly ReportSchedule _schedule;
    private readonly MessageQueue _messages = new();
    private readonly Audience _audience;
    private readonly ConcurrentDictionary<(int Agent, int Peer), bool> _refusedPeers = new(); // whose refused messages were told of
    private readonly long _target; // updates of the whole run
    private IReadOnlyList<int> _silent = []; // processes, as far as observers were told
    private IReadOnlyList<FailedAgent> _failedAgents = []; // replaced under the gate of the threads, one change after the other; read by any
    private long _newestCheckpoint;
    private readonly Dictionary<string, int> _losses = []; // of each worker; under the gate of the threads
    private bool _toldOfLeftOut;
    private bool _toldOfBlocking; // by interlocked operations
    private bool _toldOfFailedSave; // since the last checkpoint that was written
    private bool _toldOfDeletion; // of the folder
    private readonly SessionRecorder? _recorder; // null where nothing is recorded
    private readonly ReplayedSession? _replay; // null where chance decides

    /// <summary>Prepares a session.</summary>
    /// <param name="folder">Folder of the run, where everything goes.</param>
    /// <param name="options">Complete options.</param>
    /// <param name="checkpoint">Checkpoint to go on from; null for a new run.</param>
    /// <param name="observers">Observers that hear how it goes.</param>
    /// <param name="cluster">Processes that train together.</param>
    /// <param name="simulators">Source of the simulators, which are the session's once it is made.</param>
    /// <param name="replay">What is to be decided as it was in a recorded session; null where chance decides.</param>
    public TrainingSession(
        RunFolder folder,
        RunOptions options,
        Checkpoint? checkpoint,
        IReadOnlyList<ITrainingObserver> observers,
        ICluster cluster,
        SimulatorSource simulators,
        ReplayedSession? replay = null)
    {
        (_folder, _options, _cluster, _replay) = (folder, options, cluster, replay);
        _audience = new Audience(observers, _messages.Add);
        TimeSpan timeOut = TimeSpan.FromSeconds(options.PeerTimeout);
        cluster.TimeOut = timeOut;
        _framesBefore = simulators.FramesBefore;
        simulators.NotDisposed = failure => _messages.Add(failure.Message);
        _recorder = options.Record && replay is null ? new SessionRecorder(folder.RecordFile, cluster.Process, options.Agents!.Value, _messages.Add) : null;
        IDecisions? decisions = (IDecisions?)replay ?? _recorder;
        _group = AgentFactory.Create(options, timeOut => _messages.Add(FormattableString.Invariant(
            $"Agent {timeOut.Rank} goes on without agent {timeOut.Peer}, which was silent for {timeOut.Waited.TotalSeconds:0.#} s.")), cluster, NoteRefusal, simulators, decisions);
        try
        {
            if (checkpoint is not null)
            {
                AgentCapture.Restore(checkpoint, _group.Agents);
                _newestCheckpoint = checkpoint.Frames;
                _isResumed = true;
            }

            _target = _group.UpdatesFor(options.Frames / options.LearningProcesses); // each of them does its share
            _snapshots = new ParameterSnapshots(_group.Agents.Count, _group.Agents is [var first, ..] ? first.Parameters.Length : 0);
            long interval = Math.Max(1, options.CheckpointEvery!.Value / options.LearningProcesses / _group.FramesPerRound);
            _captures = new CheckpointCollector(_group.Agents, interval);
            _reporter = new ProgressReporter(options, _group, _snapshots, checkpoint);
            _schedule = new ReportSchedule(TimeSpan.FromSeconds(options.ReportEvery));
            UpdateBudget budget = new(replay is null ? _target - _group.Updates : long.MaxValue)
            {
                May = replay is null ? null : replay.May,
                LastOfAnAgent = options.Deterministic && replay is null ? _target / _group.Agents.Count : long.MaxValue,
            };
            int processors = RunnerCount.OfThis(cluster, options.ComputeThreads);
            _runners = new Runners(_group.Workers, budget, AfterUpdate, _captures.AtEnd, GoOnWithout)
            {
                Count = options.Runners ?? processors,
                FindsBlocking = options.ComputeThreads == 1,
                FoundBlocking = NoteBlocking,
                TimeOut = timeOut,
                TakenBack = TakeBack,
                Left = agent => _snapshots.Finish(agent.Rank, agent.Parameters.Span, agent.Updates),
            };
            NoteTooManyThreads(options, processors);
        }
        catch
        {
            _snapshots?.Dispose();
            _group.Dispose();
            _recorder?.Dispose();
            throw;
        }
    }

    /// <summary>Trains until the run's frames are done or <paramref name="stop"/> is asked for.</summary>
    /// <exception cref="TrainingFailedException">A worker failed; what was trained up to the last checkpoint remains.</exception>
    public TrainingOutcome Run(CancellationToken stop)
    {
        _recorder?.Start(BeginningOf(_group));
        ShareOut();
        _reporter.Start();
        _runners.Start();
        _snapshots.Request();
        while (!_runners.Wait(_schedule.Patience(_reporter.Elapsed, Poll)))
        {
            // Every turn looks at all of it: nothing that takes long, such as a report or a checkpoint, keeps the rest from its turn.
            if (stop.IsCancellationRequested)
            {
                _runners.RequestStop();
            }

            _runners.LookAfter(ending: stop.IsCancellationRequested);
            _recorder?.Drain();
            ThrowIfAstray();
            SaveWhatWaits(stop);
            _messages.Drain(Tell);
            if (_schedule.IsDue(_reporter.Elapsed))
            {
                Report();
                _snapshots.Request();
                _schedule.Reported(_reporter.Elapsed);
            }
        }

        SaveWhatWaits(stop);
        if (_runners.Failure is { } failure)
        {
            _messages.Add($"{failure.Name} failed: {OneLine.Trace(failure.Exception)}");
            _messages.Drain(Tell);
            throw new TrainingFailedException(
                $"{failure.Name} failed: {OneLine.Message(failure.Exception)}; {WhatRemains()}", failure.Exception);
        }

        // One that failed in the last of all updates leaves it undone.
        return Finish(interrupted: _replay is null ? IsInterrupted(stop) : stop.IsCancellationRequested);
    }

    private bool IsInterrupted(CancellationToken stop) => _group.Updates < _target && (stop.IsCancellationRequested || _failedAgents.Count == 0);

    /// <summary>Has the observers hear something once the session runs.</summary>
    public void Note(string message) => _messages.Add(message);

    /// <summary>Stops the workers that still run, and frees what they used.</summary>
    /// <remarks>What the thread of a worker may still touch whose simulator hangs is freed when that thread ends, if ever.</remarks>
    public void Dispose()
    {
        _runners.Dispose();
        DisposeSimulators();
        _recorder?.Dispose();
        bool areDone = _runners.WhenAllEnded(() =>
        {
            _snapshots.Dispose();
            _group.Dispose();
        });
        if (!areDone)
        {
            _group.Close();
        }

        _messages.Drain(Tell); // of environments that threw when they were disposed
    }

    /// <summary>Disposes the simulators of the workers that have ended. Environments are the user's code, so this waits no longer for it than for a step.</summary>
    private void DisposeSimulators()
    {
        IWorker[] ended = [.. _group.Workers.Where(_runners.HasEnded)];
        Thread disposal = new(() => Array.ForEach(ended, worker => worker.DisposeSimulators())) { Name = "disposal", IsBackground = true };
        disposal.Start();
        if (!disposal.Join(_runners.TimeOut))
        {
            _messages.Add(FormattableString.Invariant($"An environment did not come back from its disposal within {_options.PeerTimeout:0.###} s and is left as it is."));
        }
    }

    private void AfterUpdate(IAgent agent)
    {
        NoteRefusal(agent);
        _replay?.Capture(agent);
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

    /// <summary>What changes for the others when a worker has failed that they can do without. Under the gate of the threads.</summary>
    private void GoOnWithout(WorkerFailure failure)
    {
        string reason = OneLine.Message(failure.Exception);
        Volatile.Write(ref _failedAgents, [.. _failedAgents, new FailedAgent(failure.Name, reason)]);
        int losses = _losses[failure.Name] = _losses.GetValueOrDefault(failure.Name) + 1;
        if (losses <= MostLossesTold || !failure.Worker.Progress.IsLost) // what was thrown is always told
        {
            _messages.Add($"{failure.Name} failed, the others go on without it: {reason}");
        }

        if (_replay?.Expects(failure.Worker) == false)
        {
            _unexpected ??= failure;
        }

        if (failure.Worker is IAgent agent)
        {
            _captures.Lose(agent);
            ShareOut();
        }
    }

    /// <summary>What changes when a worker is back that was silent. Under the gate of the threads.</summary>
    private void TakeBack(IWorker worker)
    {
        Volatile.Write(ref _failedAgents, [.. _failedAgents.Where(failed => failed.Name != worker.Name)]);
        int losses = _losses[worker.Name];
        if (losses <= MostLossesTold)
        {
            _messages.Add($"{worker.Name} is back." + (losses == MostLossesTold ? " If it falls silent again, that is not told any more." : ""));
        }

        if (worker is IAgent agent)
        {
            _captures.TakeBack(agent);
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

    private void Report()
    {
        NoteSilence();
        LookForFolder();
        _messages.Drain(Tell);
        TrainingReport report = _reporter.Report() with { FailedAgents = Volatile.Read(ref _failedAgents) };
        _audience.OnReport(report);
    }

    private void NoteTooManyThreads(RunOptions options, int processors)
    {
        if (options.ComputeThreads > Environment.ProcessorCount)
        {
            _messages.Add($"{options.ComputeThreads} compute threads of an agent share {Environment.ProcessorCount} processors and will wait for each other: "
                + "a lower --compute-threads is faster.");
        }
        else if (options.Runners > processors)
        {
            _messages.Add($"{options.Runners} runners are more than this process has processors for: {processors} (--runners) are as fast, and messages are newer.");
        }
    }

    /// <summary>Under the gate of the runners.</summary>
    private void NoteBlocking(IWorker worker)
    {
        if (Interlocked.Exchange(ref _toldOfBlocking, true))
        {
            return;
        }

        _messages.Add($"The simulators of {worker.Name} wait more than they compute, so that it trains beside the others, as any does that is found to: "
            + "an environment that says so (IEnvironment.Blocks) does from the start.");
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

    private void Tell(string message) => _audience.OnMessage(message);
}
