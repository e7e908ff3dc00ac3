using System.Diagnostics;
using Gala.Architectures;

namespace Gala.Scheduling;

// Workers that fall silent in a turn: their runner is lent to others; they are lost, taken back, abandoned.
internal sealed partial class Runners
{
    private static readonly TimeSpan LongSilence = TimeSpan.FromMilliseconds(100); // after which others have the runner meanwhile
    private const int WaitsOfABlockingWorker = 8;
    private const double MostWaiting = 0.2; // of a turn's time

    /// <summary>Looks for turns that have fallen silent, or are back. To be called again and again, by one thread.</summary>
    /// <param name="ending">Whether a stop was asked for, which ends the patience with workers that have not begun.</param>
    public void LookAfter(bool ending)
    {
        lock (_gate)
        {
            LendSilentRunners();
            if (_watch is null)
            {
                return;
            }

            _watch.Look(ending || _abort.IsCancellationRequested || _isAtEnd, _isAway);
            foreach (Seat seat in _seats)
            {
                bool silent = _watch.IsSilent(seat.Index);
                if (silent && seat.Fate == Fate.Alive)
                {
                    Lose(seat);
                }
                else if (!silent && seat.Fate == Fate.Lost)
                {
                    TakeBack(seat);
                }
            }
        }
    }

    /// <summary>Whether a worker has had its last turn, so that nothing touches what belongs to it alone.</summary>
    public bool HasEnded(IWorker worker)
    {
        lock (_gate)
        {
            return _threads == 0 || Array.Exists(_seats, seat => seat.Worker == worker && seat.Fate == Fate.Ended);
        }
    }

    /// <summary>Does something when no thread is left: at once, or later on the last of them.</summary>
    /// <returns>Whether it was done at once.</returns>
    public bool WhenAllEnded(Action action)
    {
        lock (_gate)
        {
            if (_threads > 0)
            {
                _whenAllEnded = action;
                lock (Unended)
                {
                    Unended.Add(this);
                }

                return false;
            }
        }

        action();
        return true;
    }

    /// <summary>Takes a worker back on its own runner if it was lost. False if the run has ended without it.</summary>
    private bool Reclaim(Seat seat)
    {
        if (!Volatile.Read(ref _hasLost))
        {
            return true; // without the lock, since each turn of each worker comes here
        }

        lock (_gate)
        {
            if (seat.Fate == Fate.Lost && !_closed)
            {
                TakeBack(seat);
            }

            return !_closed;
        }
    }

    /// <summary>A turn without a sign of life for some time computes for long, or waits inside: in either case others go on meanwhile.</summary>
    private void LendSilentRunners()
    {
        long now = Stopwatch.GetTimestamp();
        foreach (Seat seat in _seats)
        {
            if (seat is not { Place: Place.Taken, IsCounted: true })
            {
                continue;
            }

            long count = seat.Worker.LifeSign.Count;
            if (count != seat.Sign.Count)
            {
                seat.Sign = (count, now);
            }
            else if (Stopwatch.GetElapsedTime(seat.Sign.Since, now) >= LongSilence)
            {
                seat.IsCounted = false;
                _counted--;
                if (Array.Exists(_seats, IsReady))
                {
                    FindThread(blocks: false);
                }
            }
        }
    }

    /// <summary>Notes whether a turn waited inside; a worker that does so again and again is taken for one that blocks.</summary>
    private void Probe(Seat seat, ThreadUse before)
    {
        ThreadUse use = ThreadUse.OfThis() - before;
        seat.Waits = use.WaitedShare > MostWaiting ? seat.Waits + 1 : Math.Max(0, seat.Waits - 1);
        if (seat.Waits < WaitsOfABlockingWorker)
        {
            return;
        }

        lock (_gate)
        {
            seat.Blocks = true;
            FoundBlocking?.Invoke(seat.Worker);
        }
    }

    // Under the gate.
    private void Lose(Seat seat)
    {
        IWorker worker = seat.Worker;
        seat.Fate = Fate.Lost;
        Volatile.Write(ref _hasLost, true);
        CountPending(-1);
        if (seat.IsCounted)
        {
            seat.IsCounted = false;
            _counted--;
        }

        worker.Progress.IsLost = true;
        Settle(seat, isMade: false);
        TimeoutException silence = new(FormattableString.Invariant(
            $"it gave no sign of life for {TimeOut.TotalSeconds:0.###} s; raise PeerTimeout (--peer-timeout) if its steps may take longer"));
        worker.StandIn();
        DoWithout(new WorkerFailure(worker, silence));
        FindThread(blocks: false);
    }

    // Under the gate.
    private void TakeBack(Seat seat)
    {
        seat.Fate = Fate.Alive;
        CountPending(1);
        seat.Worker.Progress.IsLost = false;
        seat.Made = Math.Max(seat.Made, _seats.Where(other => other != seat && other.Fate == Fate.Alive).Select(other => other.Made).DefaultIfEmpty().Min());
        if (!_abort.IsCancellationRequested)
        {
            TakenBack?.Invoke(seat.Worker);
        }
    }

    /// <summary>Squares the budget with a turn that is over. While the worker was lost, its update may have been given back.</summary>
    private void Settle(Seat seat, bool isMade)
    {
        bool isHeld = seat.LetGo();
        if (isMade && !isHeld && seat.Agent is not null)
        {
            _budget.TakeAgain();
        }
        else if (!isMade && isHeld)
        {
            _budget.GiveBack();
        }
    }

    private void DisposeAbandoned(Action dispose)
    {
        try
        {
            dispose();
        }
#pragma warning disable CA1031 // the run is over and nobody is there to hear of it
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        lock (Unended)
        {
            Unended.Remove(this);
        }
    }
}
