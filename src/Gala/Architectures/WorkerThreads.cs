namespace Gala.Architectures;

/// <summary>Runs each worker on a thread of its own, until the updates are done, a stop is asked for, or one fails that cannot be done without.</summary>
/// <remarks>
/// <para>When a worker fails that is dispensable, the others do its work: agents that of an agent, helpers that of a helper, down to the last of
/// their kind. Any other that fails stops all, with its reason in <see cref="Failure"/>. Nothing goes on in silence.</para>
/// <para>A worker that is silent for <see cref="TimeOut"/>, as when its simulator hangs, counts as failed: it is lost. Nobody waits for its
/// thread, which nothing can end. If it gives a sign of life before the run ends, it is taken back. Otherwise it is abandoned: what its thread
/// may still touch stays in memory until that thread ends (<see cref="WhenAllEnded"/>).</para>
/// </remarks>
internal sealed partial class WorkerThreads : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly HashSet<WorkerThreads> Unended = []; // keeps in memory what abandoned threads may touch; guarded by itself

    private readonly IReadOnlyList<IWorker> _workers;
    private readonly UpdateBudget _budget;
    private readonly Action<IAgent> _afterUpdate;
    private readonly Action<IAgent> _atEnd;
    private readonly Action<WorkerFailure>? _lost;
    private readonly object _gate = new(); // guards the states and counts below; not a Lock: that has no condition to wait on
    private readonly WorkerState[] _states;
    private readonly int[] _held; // whether a worker holds an update of the budget, 0 or 1; by interlocked operations
    private readonly CancellationTokenSource _abort = new();
    private SilenceWatch? _watch; // for the thread that looks
    private Action? _whenAllEnded;
    private int _pending; // workers that run and are not lost
    private int _alive; // threads that have not ended
    private bool _isAtEnd; // a worker has done all that there was to do, so that nobody need wait for one that has not begun
    private bool _hasLost; // a worker was lost; from then on each asks under the gate how it stands itself
    private bool _closed;
    private WorkerFailure? _failure; // written once, by the first worker whose failure stops all

    /// <summary>Prepares the threads.</summary>
    /// <param name="workers">Workers to run. Those that are agents learn; the others go on for as long as they have something to do.</param>
    /// <param name="budget">Updates that are left to do.</param>
    /// <param name="afterUpdate">Called on an agent's thread after each update.</param>
    /// <param name="atEnd">Called on an agent's thread when it has ended well, before the others see that.</param>
    /// <param name="lost">Called for a worker that failed and that the others do without, for one after the other, on its thread or on the one
    /// that looks; null: nobody can be done without.</param>
    public WorkerThreads(
        IReadOnlyList<IWorker> workers,
        UpdateBudget budget,
        Action<IAgent> afterUpdate,
        Action<IAgent> atEnd,
        Action<WorkerFailure>? lost = null)
    {
        (_workers, _budget, _afterUpdate, _atEnd, _lost) = (workers, budget, afterUpdate, atEnd, lost);
        _states = new WorkerState[workers.Count];
        _held = new int[workers.Count];
    }

    /// <summary>How long a worker may be silent before it counts as failed; without end unless it is given.</summary>
    public TimeSpan TimeOut { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Clock that silence is measured by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Called for a worker that was silent and is back, in turn with the calls for those that are lost; null for nobody.</summary>
    public Action<IWorker>? TakenBack { get; init; }

    /// <summary>Called on an agent's thread when it has ended, well or not, unless it was abandoned; null for nobody.</summary>
    public Action<IAgent>? Left { get; init; }

    /// <summary>The failure that stopped all workers, or null.</summary>
    public WorkerFailure? Failure => Volatile.Read(ref _failure);

    /// <summary>Starts all workers.</summary>
    public void Start()
    {
        _watch = TimeOut < TimeSpan.Zero ? null : new SilenceWatch(_workers, TimeOut, Clock);
        for (int i = 0; i < _workers.Count; i++)
        {
            int index = i;
            Thread thread = new(() => Run(index)) { Name = _workers[i].Name, IsBackground = true };
            CountThreads(1);
            try
            {
                thread.Start();
            }
            catch
            {
                CountThreads(-1); // the system has no room for another thread; those that run are stopped by Dispose
                throw;
            }
        }
    }

    /// <summary>Waits until all workers have ended but those that are lost; no longer than <paramref name="patience"/>.</summary>
    /// <returns>Whether all have ended. Then those that are lost are abandoned: they change nothing any more of what is reported.</returns>
    public bool Wait(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_pending > 0)
            {
                _ = Monitor.Wait(_gate, patience);
            }

            if (_pending == 0)
            {
                Close();
            }

            return _closed;
        }
    }

    /// <summary>Asks the workers to stop after the turn that they are at.</summary>
    public void RequestStop()
    {
        foreach (IWorker worker in _workers)
        {
            worker.RequestStop();
        }
    }

    /// <summary>Stops all workers and returns when they have ended, or are silent.</summary>
    public void Dispose()
    {
        _abort.Cancel();
        RequestStop();
        while (!Wait(Poll))
        {
            LookAfter(ending: true);
        }

        lock (_gate)
        {
            if (_alive == 0)
            {
                _abort.Dispose();
            }
        }
    }

    private void Run(int index)
    {
        IWorker worker = _workers[index];
        Guard(index, () => Work(index, worker));
        if (Reclaim(index))
        {
            Guard(index, worker.Leave);
            if (worker is IAgent agent && Left is not null)
            {
                Guard(index, () => Left(agent));
            }
        }

        End(index);
    }

    /// <summary>Does something of a worker's. Whatever it throws is a failure of the worker: on a thread of its own it would end the process.</summary>
    private void Guard(int index, Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested || Volatile.Read(ref _closed))
        {
            // another worker failed, and that is the reason to report; or this one was abandoned
        }
#pragma warning disable CA1031 // see above
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(index, exception);
        }
    }

    private void Work(int index, IWorker worker)
    {
        IAgent? agent = worker as IAgent;
        bool goOn = true;
        while (goOn && Reclaim(index) && (agent is null || TryTakeUpdate(index, agent)))
        {
            _abort.Token.ThrowIfCancellationRequested();
            goOn = Iterate(index, worker, agent);
            if (!Reclaim(index))
            {
                return;
            }

            if (agent is not null)
            {
                _afterUpdate(agent);
            }
        }

        worker.Progress.State = AgentState.Finished;
        if (agent is not null)
        {
            _atEnd(agent);
        }
    }

    private bool Iterate(int index, IWorker worker, IAgent? agent)
    {
        long updates = agent?.Updates ?? -1;
        try
        {
            return worker.Iterate(_abort.Token);
        }
        finally
        {
            Settle(index, isMade: agent is not null && agent.Updates != updates);
        }
    }

    private bool TryTakeUpdate(int index, IAgent agent)
    {
        if (!_budget.TryTake(agent))
        {
            return false;
        }

        Volatile.Write(ref _held[index], 1);
        return true;
    }

    /// <summary>Notes why a worker ends, before it leaves and others notice.</summary>
    private void Fail(int index, Exception exception)
    {
        lock (_gate)
        {
            IWorker worker = _workers[index];
            if (Reclaim(index) && worker.Progress.State != AgentState.Failed)
            {
                worker.Progress.State = AgentState.Failed;
                DoWithout(new WorkerFailure(worker, exception));
            }
        }
    }

    private void End(int index)
    {
        Action? whenAllEnded = null;
        lock (_gate)
        {
            AgentProgress progress = _workers[index].Progress;
            if (progress.State != AgentState.Failed)
            {
                progress.State = AgentState.Finished;
                Volatile.Write(ref _isAtEnd, true);
            }

            _pending -= _states[index] == WorkerState.Running ? 1 : 0;
            _states[index] = WorkerState.Ended;
            whenAllEnded = --_alive == 0 ? _whenAllEnded : null;
            PulseIfNobodyIsWaitedFor();
        }

        if (whenAllEnded is not null)
        {
            DisposeAbandoned(whenAllEnded);
        }
    }

    // Under the gate.
    private void DoWithout(WorkerFailure failure)
    {
        IWorker worker = failure.Worker;
        if (_failure is not null)
        {
            return; // all are stopping
        }

        bool canGoOn = worker.IsDispensable && _workers.Any(other => CanStandInFor(worker, other));
        if (_lost is not null && (canGoOn || (worker is not IAgent && AllAgentsAreDone())))
        {
            _lost(failure);
            return;
        }

        Volatile.Write(ref _failure, failure);
        _abort.Cancel();
        RequestStop(); // for those that wait where only a stop is heard, such as at a queue that a silent worker will never close
    }

    // Under the gate.
    private void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        for (int i = 0; i < _workers.Count; i++)
        {
            if (_states[i] == WorkerState.Lost)
            {
                _workers[i].Abandon();
            }
        }
    }

    // Under the gate.
    private void PulseIfNobodyIsWaitedFor()
    {
        if (_pending == 0)
        {
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Whether all updates are made, so that what helpers still do is for nobody.</summary>
    private bool AllAgentsAreDone()
    {
        bool areDone = false;
        foreach (IWorker worker in _workers)
        {
            if (worker is IAgent && worker.Progress.State != AgentState.Finished)
            {
                return false;
            }

            areDone |= worker is IAgent;
        }

        return areDone;
    }

    private static bool CanStandInFor(IWorker worker, IWorker other) =>
        other != worker && other is IAgent == worker is IAgent && other.Progress.State != AgentState.Failed;

    private void CountThreads(int more)
    {
        lock (_gate)
        {
            _pending += more;
            _alive += more;
        }
    }

    private enum WorkerState
    {
        Running,
        Lost,
        Ended,
    }
}
