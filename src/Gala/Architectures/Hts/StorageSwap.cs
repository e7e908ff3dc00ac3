namespace Gala.Architectures.Hts;

/// <summary>Two storages that change places: executors fill one while the learner learns from the other.</summary>
/// <remarks>Interval j is filled into storage j mod 2. The swap is made when the executors have filled theirs and the learner is done with its
/// own; then, and only then, everyone stands still. All fields are written under the gate, which publishes what the storages hold as well.</remarks>
/// <param name="storages">Two.</param>
/// <param name="executors">How many fill them.</param>
internal sealed class StorageSwap(IReadOnlyList<HtsStorage> storages, int executors)
{
    private readonly object _gate = new(); // not a Lock: that has no condition to wait on
    private long _released = 1; // intervals that may be played
    private int _arrived; // executors that have played all of these
    private int _left; // executors that have ended
    private bool _closed; // the learner has ended: no further interval will be released

    /// <summary>Both storages, that of the even intervals first.</summary>
    public IReadOnlyList<HtsStorage> Storages { get; } = storages;

    /// <summary>Intervals released so far.</summary>
    public long Released => Volatile.Read(ref _released);

    /// <summary>The storage of the newest interval. For executors and actors while it is played, for the learner when it is filled.</summary>
    public HtsStorage Filling => Storages[(int)((Released - 1) % 2)];

    /// <summary>The storage of the interval before.</summary>
    public HtsStorage Previous => Storages[(int)(Released % 2)];

    /// <summary>An executor's wait for the next interval. Returns whether there is one.</summary>
    /// <param name="played">Intervals that it has played.</param>
    /// <param name="abort">Ends the wait.</param>
    public bool AwaitRelease(long played, CancellationToken abort)
    {
        for (BriefSpin spin = new(); Released == played && spin.Next();)
        {
        }

        lock (_gate)
        {
            while (_released == played && !_closed)
            {
                abort.ThrowIfCancellationRequested();
                Monitor.Wait(_gate, BriefSpin.CancellationPoll);
            }

            return _released > played;
        }
    }

    /// <summary>An executor has filled its part.</summary>
    public void Arrive()
    {
        lock (_gate)
        {
            Volatile.Write(ref _arrived, _arrived + 1);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>An executor has ended. Returns whether it was the last one.</summary>
    public bool Leave()
    {
        lock (_gate)
        {
            _left++;
            Monitor.PulseAll(_gate);
            return _left == executors;
        }
    }

    /// <summary>The learner's wait until the newest interval is filled: from then on to <see cref="Swap"/> all simulators stand still.</summary>
    /// <exception cref="OperationCanceledException">Aborted, or an executor ended before it had filled its part.</exception>
    public void AwaitFilled(CancellationToken abort)
    {
        for (BriefSpin spin = new(); Volatile.Read(ref _arrived) < executors && spin.Next();)
        {
        }

        lock (_gate)
        {
            while (_arrived < executors)
            {
                abort.ThrowIfCancellationRequested();
                if (_left > 0)
                {
                    throw new OperationCanceledException("An executor has left.");
                }

                Monitor.Wait(_gate, BriefSpin.CancellationPoll);
            }
        }
    }

    /// <summary>Releases the next interval into the other storage. Returns the one that is full.</summary>
    public HtsStorage Swap()
    {
        lock (_gate)
        {
            HtsStorage filled = Filling;
            Volatile.Write(ref _arrived, 0);
            Volatile.Write(ref _released, _released + 1);
            Monitor.PulseAll(_gate);
            return filled;
        }
    }

    /// <summary>No further interval will be released; what was released is still played to its end.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Goes on after an interval that is filled already. Before the threads start.</summary>
    public void Restore(long released) => (_released, _arrived) = (released, executors);
}
