using System.Diagnostics;
using Gala.Architectures;
using Gala.Learning;

namespace Gala.Scheduling;

/// <summary>Has the workers' turns made by as many threads as there are processors to run on, until the updates are done, a stop is asked for, or one
/// worker fails that cannot be done without.</summary>
/// <remarks>
/// <para>Workers are scheduled here and not by the operating system, which would run one of many threads for milliseconds while the messages of
/// the others grow old. Next is, of those that are ready, first one whose in-peers have all spoken since its last mix, then the one with the
/// fewest updates, then the lowest rank; none that is more than two updates ahead of the slowest that is ready. A turn never waits: a worker that waits
/// for something frees its runner, and what it waits for puts it back. No lock is held while a turn is made.</para>
/// <para>A turn that waits inside all the same, such as that of a simulator that sleeps, does not count: another thread takes its place
/// meanwhile. Workers say so (<see cref="IWorker.Blocks"/>), or are found out.</para>
/// <para>When a worker fails that is dispensable, the others do its work: agents that of an agent, helpers that of a helper, down to the last of
/// their kind. Any other that fails stops all, with its reason in <see cref="Failure"/>. Nothing goes on in silence.</para>
/// <para>A worker whose turn is silent for <see cref="TimeOut"/>, as when its simulator hangs, counts as failed: it is lost. Nobody waits for its
/// thread, which nothing can end. If it gives a sign of life before the run ends, it is taken back. Otherwise it is abandoned: what its thread
/// may still touch stays in memory until that thread ends (<see cref="WhenAllEnded"/>).</para>
/// </remarks>
internal sealed partial class Runners : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly HashSet<Runners> Unended = []; // keeps in memory what abandoned threads may touch; guarded by itself

    private readonly Seat[] _seats;
    private readonly Func<int, bool> _isAway; // whether a worker has no turn under way, by index
    private readonly UpdateBudget _budget;
    private readonly Action<IAgent> _afterUpdate;
    private readonly Action<IAgent> _atEnd;
    private readonly Action<WorkerFailure>? _lost;
    private readonly object _gate = new(); // guards the seats and the counts below; not a Lock: that has no condition to wait on
    private readonly ManualResetEventSlim _nobodyIsLeft = new(initialState: true); // apart from the gate, on which idle threads wait
    private readonly CancellationTokenSource _abort = new();
    private SilenceWatch? _watch; // for the thread that looks
    private Action? _whenAllEnded;
    private int _pending; // workers that have not ended and are not lost
    private int _threads; // that have not ended
    private int _idle; // of them, waiting for work
    private int _started; // threads so far
    private int _counted; // turns under way that share the processors
    private int _timed; // workers that are parked with a deadline
    private long _earliest = long.MaxValue; // deadline that an idle thread waits for
    private bool _isAtEnd; // a worker has done all that there was to do, so that nobody need wait for one that has not begun
    private bool _hasLost; // a worker was lost; from then on each asks under the gate how it stands itself
    private bool _closed;
    private WorkerFailure? _failure; // written once, by the first worker whose failure stops all

    /// <summary>Prepares the workers.</summary>
    /// <param name="workers">Workers to run. Those that are agents learn; the others go on for as long as they have something to do.</param>
    /// <param name="budget">Updates that are left to do.</param>
    /// <param name="afterUpdate">Called for an agent after each update, before its next turn.</param>
    /// <param name="atEnd">Called for an agent when it has ended well, before the others see that.</param>
    /// <param name="lost">Called for a worker that failed and that the others do without, for one after the other, on its runner or on the thread
    /// that looks; null: nobody can be done without.</param>
    public Runners(
        IReadOnlyList<IWorker> workers,
        UpdateBudget budget,
        Action<IAgent> afterUpdate,
        Action<IAgent> atEnd,
        Action<WorkerFailure>? lost = null)
    {
        (_budget, _afterUpdate, _atEnd, _lost) = (budget, afterUpdate, atEnd, lost);
        _seats = [.. workers.Select((worker, index) => new Seat(worker, index))];
        _isAway = index => _seats[index].Place != Place.Taken;
        foreach (Seat seat in _seats)
        {
            seat.Worker.WakeUp = () => Wake(seat);
        }
    }

    /// <summary>Turns that are made at the same time, 1 or more; as many as there are processors unless it is given.</summary>
    public int Count { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether workers whose turns wait inside are found out by themselves. Not where several threads compute for each worker, which wait for
    /// each other.</summary>
    public bool FindsBlocking { get; init; } = true;

    /// <summary>Told of a worker that was found to wait inside its turns, under the gate; null for nobody.</summary>
    public Action<IWorker>? FoundBlocking { get; init; }

    /// <summary>How long a turn may be silent before its worker counts as failed; without end unless it is given.</summary>
    public TimeSpan TimeOut { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Clock that silence is measured by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Called for a worker that was silent and is back, in turn with the calls for those that are lost; null for nobody.</summary>
    public Action<IWorker>? TakenBack { get; init; }

    /// <summary>Called for an agent when it has ended, well or not, unless it was abandoned; null for nobody.</summary>
    public Action<IAgent>? Left { get; init; }

    /// <summary>The failure that stopped all workers, or null.</summary>
    public WorkerFailure? Failure => Volatile.Read(ref _failure);

    /// <summary>Starts all workers.</summary>
    public void Start()
    {
        _watch = TimeOut < TimeSpan.Zero ? null : new SilenceWatch([.. _seats.Select(seat => seat.Worker)], TimeOut, Clock);
        lock (_gate)
        {
            CountPending(_seats.Length);
            int blocking = _seats.Count(seat => seat.Blocks);
            int threads = blocking + Math.Min(Count, _seats.Length - blocking);
            for (int i = 0; i < threads; i++)
            {
                StartThread();
            }
        }
    }

    /// <summary>Waits until all workers have ended but those that are lost; no longer than <paramref name="patience"/>.</summary>
    /// <returns>Whether all have ended. Then those that are lost are abandoned: they change nothing any more of what is reported.</returns>
    public bool Wait(TimeSpan patience)
    {
        _nobodyIsLeft.Wait(patience);
        lock (_gate)
        {
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
        foreach (Seat seat in _seats)
        {
            seat.Worker.RequestStop();
        }

        WakeAll();
    }

    /// <summary>Stops all workers and returns when they have ended, or are silent.</summary>
    public void Dispose()
    {
        Abort();
        RequestStop();
        while (!Wait(Poll))
        {
            LookAfter(ending: true);
        }

        lock (_gate)
        {
            while (_threads > _seats.Count(seat => seat is { Fate: Fate.Lost, Place: Place.Taken }))
            {
                Monitor.Wait(_gate, Poll);
            }

            if (_threads == 0)
            {
                _abort.Dispose();
                _nobodyIsLeft.Dispose();
            }
        }
    }

    private void Abort()
    {
        _abort.Cancel();
        WakeAll();
    }

    private void WakeAll()
    {
        foreach (Seat seat in _seats)
        {
            Wake(seat);
        }
    }

    private void Wake(Seat seat)
    {
        if (seat.TryWake())
        {
            lock (_gate)
            {
                if (seat.Place == Place.Parked)
                {
                    MakeReady(seat);
                }
            }
        }
    }

    private void Run()
    {
        Seat? seat = null;
        while ((seat = Next(seat)) is not null)
        {
            // One that blocks keeps its thread, and no other waits for that.
            while (Make(seat) && seat is { GoesOn: true } or { Blocks: true, IsCounted: false, IsStopped: false })
            {
            }
        }

        EndThread();
    }

    /// <summary>Makes one turn, and what comes after it. Returns whether the worker is to have another one.</summary>
    private bool Make(Seat seat)
    {
        bool goOn = Guard(seat, static (runners, seat) => runners.TryGoOn(seat));
        if (!goOn)
        {
            Leave(seat);
        }

        return goOn;
    }

    /// <summary>One turn. Returns whether the worker is to have another one, at once or later.</summary>
    private bool TryGoOn(Seat seat)
    {
        if (!Reclaim(seat) || !TryBegin(seat))
        {
            return false;
        }

        Turn turn;
        bool isOver = true, wasPutOff = seat.IsCountedAsMade;
        try
        {
            turn = TakeTurn(seat);
            isOver = turn.End is TurnEnd.Done or TurnEnd.Ended;
        }
        finally
        {
            if (isOver)
            {
                (seat.IsUnderWay, seat.IsStopped) = (false, false);
                Settle(seat, isMade: seat.Agent is { } maker && maker.Updates != seat.UpdatesBefore);
            }
        }

        if (!Reclaim(seat))
        {
            return false;
        }

        CountUpdate(seat, isOver || turn.End == TurnEnd.Yielded, isOver);
        seat.GoesOn = wasPutOff && turn.End == TurnEnd.Done;
        if (!isOver)
        {
            seat.IsStopped = turn.End == TurnEnd.Waiting;
            seat.Deadline = turn.AtMost < TimeSpan.Zero ? long.MaxValue : Stopwatch.GetTimestamp() + (turn.AtMost.Ticks * (Stopwatch.Frequency / TimeSpan.TicksPerSecond));
            return true;
        }

        if (seat.Agent is { } agent)
        {
            _afterUpdate(agent);
        }

        if (turn.End == TurnEnd.Ended)
        {
            Finish(seat);
            return false;
        }

        seat.Worker.Clock.Enter(Phase.Queue);
        return true;
    }

    /// <summary>Begins an update or a helper's turn, unless one is under way. False if nothing is left to do.</summary>
    private bool TryBegin(Seat seat)
    {
        _abort.Token.ThrowIfCancellationRequested();
        if (seat.IsUnderWay)
        {
            return true;
        }

        if (seat.Agent is { } agent)
        {
            if (!_budget.TryTake(agent))
            {
                Finish(seat);
                return false;
            }

            seat.Hold();
            seat.UpdatesBefore = agent.Updates;
        }

        seat.IsUnderWay = true;
        return true;
    }

    /// <summary>Counts an update as soon as its work is done, though its exchange may be put off.</summary>
    private static void CountUpdate(Seat seat, bool isDone, bool isOver)
    {
        if (!seat.IsCountedAsMade && isDone)
        {
            seat.Made++;
            seat.IsCountedAsMade = true;
        }

        seat.IsCountedAsMade &= !isOver;
    }

    private Turn TakeTurn(Seat seat)
    {
        bool isProbed = FindsBlocking && !seat.Blocks;
        ThreadUse before = isProbed ? ThreadUse.OfThis() : default;
        Turn turn = seat.Worker.TakeTurn(_abort.Token);
        if (turn.End == TurnEnd.Waiting)
        {
            seat.StartWaiting(); // what comes from now on wakes it; what came before is found now
            turn = seat.Worker.TakeTurn(_abort.Token);
            if (turn.End != TurnEnd.Waiting)
            {
                seat.StopWaiting();
            }
        }

        if (isProbed)
        {
            Probe(seat, before);
        }

        return turn;
    }

    private void Finish(Seat seat)
    {
        seat.Worker.Progress.State = AgentState.Finished;
        if (seat.Agent is { } agent)
        {
            _atEnd(agent);
        }
    }

    /// <summary>Says good-bye for a worker that has no further turn.</summary>
    private void Leave(Seat seat)
    {
        if (Reclaim(seat))
        {
            Guard(seat, static (_, seat) =>
            {
                seat.Worker.Leave();
                return true;
            });
            Guard(seat, static (runners, seat) =>
            {
                if (seat.Agent is { } agent)
                {
                    runners.Left?.Invoke(agent);
                }

                return true;
            });
        }

        lock (_gate)
        {
            AgentProgress progress = seat.Worker.Progress;
            if (progress.State != AgentState.Failed)
            {
                progress.State = AgentState.Finished;
                Volatile.Write(ref _isAtEnd, true);
            }

            CountPending(seat.Fate == Fate.Alive ? -1 : 0);
            seat.Fate = Fate.Ended;
        }
    }

    /// <summary>Does something of a worker's. Whatever it throws is a failure of the worker: on a thread of ours it would end the process.</summary>
    private bool Guard(Seat seat, Func<Runners, Seat, bool> action)
    {
        try
        {
            return action(this, seat);
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested || Volatile.Read(ref _closed))
        {
            // another worker failed, and that is the reason to report; or this one was abandoned
        }
#pragma warning disable CA1031 // see above
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(seat, exception);
        }

        return false;
    }

    /// <summary>Notes why a worker ends, before it leaves and others notice.</summary>
    private void Fail(Seat seat, Exception exception)
    {
        lock (_gate)
        {
            IWorker worker = seat.Worker;
            if (Reclaim(seat) && worker.Progress.State != AgentState.Failed)
            {
                worker.Progress.State = AgentState.Failed;
                DoWithout(new WorkerFailure(worker, exception));
            }
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

        bool canGoOn = worker.IsDispensable && _seats.Any(other => CanStandInFor(worker, other.Worker));
        if (_lost is not null && (canGoOn || (worker is not IAgent && AllAgentsAreDone())))
        {
            _lost(failure);
            return;
        }

        Volatile.Write(ref _failure, failure);
        Abort();
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
        Monitor.PulseAll(_gate);
        foreach (Seat seat in _seats.Where(seat => seat.Fate == Fate.Lost))
        {
            seat.Worker.Abandon();
        }
    }

    // Under the gate.
    private void CountPending(int more)
    {
        _pending += more;
        if (_pending > 0)
        {
            _nobodyIsLeft.Reset();
        }
        else
        {
            _nobodyIsLeft.Set();
            Monitor.PulseAll(_gate); // idle threads end
        }
    }

    /// <summary>Whether all updates are made, so that what helpers still do is for nobody.</summary>
    private bool AllAgentsAreDone() =>
        Array.Exists(_seats, seat => seat.Agent is not null)
        && Array.TrueForAll(_seats, seat => seat.Agent is not { } agent || agent.Progress.State == AgentState.Finished);

    private static bool CanStandInFor(IWorker worker, IWorker other) =>
        other != worker && other is IAgent == worker is IAgent && other.Progress.State != AgentState.Failed;
}
