namespace Gala.Architectures;

// Workers that fall silent: lost, taken back, abandoned.
internal sealed partial class WorkerThreads
{
    /// <summary>Looks for workers that have fallen silent, or are back. To be called again and again, by one thread.</summary>
    /// <param name="ending">Whether a stop was asked for, which ends the patience with workers that have not begun.</param>
    public void LookAfter(bool ending)
    {
        if (_watch is null)
        {
            return;
        }

        _watch.Look(ending || _abort.IsCancellationRequested || Volatile.Read(ref _isAtEnd));
        lock (_gate)
        {
            for (int i = 0; i < _workers.Count; i++)
            {
                bool silent = _watch.IsSilent(i);
                if (silent && _states[i] == WorkerState.Running)
                {
                    Lose(i);
                }
                else if (!silent && _states[i] == WorkerState.Lost)
                {
                    TakeBack(i);
                }
            }
        }
    }

    /// <summary>Whether a worker's thread has ended, so that nothing touches what belongs to it alone.</summary>
    public bool HasEnded(IWorker worker)
    {
        lock (_gate)
        {
            return _alive == 0 || _workers.Index().Any(one => one.Item == worker && _states[one.Index] == WorkerState.Ended);
        }
    }

    /// <summary>Does something when no thread of a worker is left: at once, or later on the last of them.</summary>
    /// <returns>Whether it was done at once.</returns>
    public bool WhenAllEnded(Action action)
    {
        lock (_gate)
        {
            if (_alive > 0)
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

    /// <summary>Takes a worker back on its own thread if it was lost. False if the run has ended without it.</summary>
    private bool Reclaim(int index)
    {
        if (!Volatile.Read(ref _hasLost))
        {
            return true; // without the lock, since each turn of each worker comes here
        }

        lock (_gate)
        {
            if (_states[index] == WorkerState.Lost && !_closed)
            {
                TakeBack(index);
            }

            return !_closed;
        }
    }

    // Under the gate.
    private void Lose(int index)
    {
        IWorker worker = _workers[index];
        _states[index] = WorkerState.Lost;
        Volatile.Write(ref _hasLost, true);
        _pending--;
        worker.Progress.IsLost = true;
        Settle(index, isMade: false);
        PulseIfNobodyIsWaitedFor();
        TimeoutException silence = new(FormattableString.Invariant(
            $"it gave no sign of life for {TimeOut.TotalSeconds:0.###} s; raise PeerTimeout (--peer-timeout) if its steps may take longer"));
        worker.StandIn();
        DoWithout(new WorkerFailure(worker, silence));
    }

    // Under the gate.
    private void TakeBack(int index)
    {
        _states[index] = WorkerState.Running;
        _pending++;
        _workers[index].Progress.IsLost = false;
        if (!_abort.IsCancellationRequested)
        {
            TakenBack?.Invoke(_workers[index]);
        }
    }

    /// <summary>Squares the budget with a turn that is over. While the worker was lost, its update may have been given back.</summary>
    private void Settle(int index, bool isMade)
    {
        bool isHeld = Interlocked.Exchange(ref _held[index], 0) == 1;
        if (isMade && !isHeld && _workers[index] is IAgent)
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
