using System.Diagnostics;

namespace Gala.Scheduling;

// Which worker is next, and how many threads there are for them. All under the gate.
internal sealed partial class Runners
{
    private const int MostAhead = 2; // updates ahead of the slowest worker that is ready

    /// <summary>Gives back the worker whose turn is over, and takes the next one. Waits while there is none; null when no worker is left.</summary>
    private Seat? Next(Seat? before)
    {
        lock (_gate)
        {
            if (before is not null)
            {
                PutBack(before);
            }

            while (_pending > 0 && !_closed)
            {
                ReadyThoseWhoseTimeHasCome();
                if (TryPick() is { } seat)
                {
                    Take(seat);
                    return seat;
                }

                AwaitWork();
            }

            return null;
        }
    }

    private void PutBack(Seat seat)
    {
        _counted -= seat.IsCounted ? 1 : 0;
        seat.IsCounted = false;
        if (seat.Fate == Fate.Ended)
        {
            return;
        }

        if (!seat.IsStopped || seat.WasWoken)
        {
            Queue(seat); // the thread that gives it back takes the next one itself
            return;
        }

        seat.Place = Place.Parked;
        if (seat.Deadline == long.MaxValue)
        {
            return;
        }

        _timed++;
        if (seat.Deadline < _earliest && _idle > 0)
        {
            Monitor.Pulse(_gate); // an idle thread is to look at the time sooner
        }
    }

    private void MakeReady(Seat seat)
    {
        Queue(seat);
        FindThread(seat.Blocks);
    }

    private void Queue(Seat seat)
    {
        _timed -= seat is { Place: Place.Parked, Deadline: < long.MaxValue } ? 1 : 0;
        (seat.Place, seat.Deadline) = (Place.Ready, long.MaxValue);
        seat.StopWaiting();
    }

    private void Take(Seat seat)
    {
        seat.Place = Place.Taken;
        seat.IsCounted = !seat.Blocks;
        seat.Sign = (seat.Worker.LifeSign.Count, Stopwatch.GetTimestamp());
        _counted += seat.IsCounted ? 1 : 0;
        if (_idle > 0 && _counted < Count)
        {
            Monitor.Pulse(_gate); // there may be work for another one
        }
    }

    /// <summary>The next worker, if one may have a turn now.</summary>
    private Seat? TryPick() => PickBlocking() ?? (_counted < Count ? PickCounted() : null);

    private Seat? PickBlocking()
    {
        foreach (Seat seat in _seats)
        {
            if (IsReady(seat) && seat.Blocks)
            {
                return seat;
            }
        }

        return null;
    }

    private Seat? PickCounted()
    {
        Seat? slowest = null;
        foreach (Seat seat in _seats)
        {
            if (IsReady(seat) && !seat.Blocks && !(seat.Made >= slowest?.Made))
            {
                slowest = seat;
            }
        }

        for (int ahead = 0; slowest is not null && ahead <= MostAhead; ahead++)
        {
            foreach (Seat seat in _seats)
            {
                if (seat.Made == slowest.Made + ahead && IsReady(seat) && !seat.Blocks && seat.Worker.HasHeardAll)
                {
                    return seat;
                }
            }
        }

        return slowest;
    }

    private static bool IsReady(Seat seat) => seat is { Place: Place.Ready, Fate: Fate.Alive };

    private void ReadyThoseWhoseTimeHasCome()
    {
        if (_timed == 0)
        {
            return;
        }

        long now = Stopwatch.GetTimestamp();
        foreach (Seat seat in _seats)
        {
            if (seat.Place == Place.Parked && seat.Deadline <= now)
            {
                MakeReady(seat);
            }
        }
    }

    private void AwaitWork()
    {
        long deadline = long.MaxValue;
        foreach (Seat seat in _seats)
        {
            deadline = _timed > 0 && seat.Place == Place.Parked ? Math.Min(deadline, seat.Deadline) : deadline;
        }

        TimeSpan patience = deadline == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeUntil(deadline);
        _earliest = Math.Min(_earliest, deadline);
        _idle++;
        Monitor.Wait(_gate, patience);
        _idle--;
        _earliest = long.MaxValue; // of others that still wait for one as well they are told once too often
    }

    private static TimeSpan TimeUntil(long deadline)
    {
        long now = Stopwatch.GetTimestamp();
        return deadline <= now ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(Stopwatch.GetElapsedTime(now, deadline).TotalMilliseconds));
    }

    /// <summary>Sees that a thread comes for a worker that is ready: an idle one, or a new one where some are in turns that do not count.</summary>
    private void FindThread(bool blocks)
    {
        if (!blocks && _counted >= Count)
        {
            return; // whoever ends a turn next comes by
        }

        if (_idle > 0)
        {
            Monitor.Pulse(_gate);
        }
        else if (!_closed && _threads > 0 && _threads < _seats.Length)
        {
            TryStartThread();
        }
    }

    private void StartThread()
    {
        Thread thread = new(Run) { Name = $"runner {_started}", IsBackground = true };
        _threads++;
        try
        {
            thread.Start();
            _started++;
        }
        catch
        {
            _threads--; // the system has no room for another thread; those that run are stopped by Dispose
            throw;
        }
    }

    private void TryStartThread()
    {
        try
        {
            StartThread();
        }
        catch (OutOfMemoryException)
        {
            // no room for another thread: those that are there make the turns one after the other
        }
    }

    private void EndThread()
    {
        Action? whenAllEnded;
        lock (_gate)
        {
            whenAllEnded = --_threads == 0 ? _whenAllEnded : null;
            Monitor.PulseAll(_gate);
        }

        if (whenAllEnded is not null)
        {
            DisposeAbandoned(whenAllEnded);
        }
    }
}
