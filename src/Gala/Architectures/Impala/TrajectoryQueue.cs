using Gala.Gossip;

namespace Gala.Architectures;

/// <summary>What actors hand to the learner, in order, and where they wait when they are too far ahead of it.</summary>
/// <remarks>
/// <para>A fixed number of trajectories goes around: an actor takes an empty one, fills it and adds it; the learner takes a batch of
/// full ones, learns, and gives them back. Nothing is allocated on the way, and the number of trajectories bounds how old they get.</para>
/// <para>Nobody waits in here: who finds nothing is woken when there may be something, or by <see cref="Close"/>. Any thread; everything is guarded
/// by one lock, held for a few instructions.</para>
/// </remarks>
#pragma warning disable CA1711 // it is a queue, though not of the framework's
public sealed class TrajectoryQueue : IFrameCycle, IDisposable
#pragma warning restore CA1711
{
    private readonly Lock _gate = new();
    private readonly List<Trajectory> _all; // guarded by _gate
    private readonly Func<Trajectory>? _make;
    private readonly Stack<Trajectory> _empty;
    private readonly Queue<Trajectory> _full;
    private readonly List<Action> _fillers = []; // wake-ups of who takes empty ones; complete before anybody uses the queue
    private Action? _emptier; // wake-up of who takes batches; likewise
    private Action? _carryOn; // set before anybody uses the queue; called without the lock
    private int _actors; // that have not left
    private bool _closed;
    private int _depth; // written under the lock, read by any thread

    /// <summary>A queue of which all trajectories are empty.</summary>
    /// <param name="trajectories">All that there are; disposed with the queue.</param>
    /// <param name="actors">How many fill them; another process counts as one.</param>
    /// <param name="make">Makes another trajectory like these, for <see cref="AddEmpty"/>; null: their number stays as it is.</param>
    public TrajectoryQueue(IReadOnlyCollection<Trajectory> trajectories, int actors, Func<Trajectory>? make = null)
    {
        ArgumentNullException.ThrowIfNull(trajectories);
        _all = [.. trajectories];
        _make = make;
        _empty = new Stack<Trajectory>(trajectories);
        _full = new Queue<Trajectory>(trajectories.Count);
        Capacity = trajectories.Count;
        _actors = actors;
    }

    /// <summary>Trajectories that go around: being played, waiting, and being learned from.</summary>
    public int Capacity { get; private set; }

    /// <summary>Trajectories that wait for the learner.</summary>
    public int Depth => Volatile.Read(ref _depth);

    /// <summary>Whether nothing can be taken any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed;
            }
        }
    }

    Action? IFrameCycle.CarryOn
    {
        set => _carryOn = value;
    }

    /// <summary>Says what is to be called, by any thread, when there may be an empty trajectory, or the queue is closed.</summary>
    public void AddFiller(Action wakeUp) => _fillers.Add(wakeUp);

    /// <summary>Says what is to be called, by any thread, when there may be a batch, or the queue is closed.</summary>
    public void SetEmptier(Action wakeUp) => _emptier = wakeUp;

    /// <summary>Takes an empty trajectory to fill.</summary>
    /// <returns>Null if there is none now, or the queue is closed.</returns>
    public Trajectory? TryTakeEmpty()
    {
        lock (_gate)
        {
            return !_closed && _empty.TryPop(out Trajectory? trajectory) ? trajectory : null;
        }
    }

    /// <summary>Adds a trajectory that is whole.</summary>
    public void Add(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        Put(trajectory);
        _carryOn?.Invoke();
    }

    /// <summary>Adds an empty trajectory to those that go around, in place of one that is out of reach.</summary>
    public void AddEmpty()
    {
        lock (_gate)
        {
            if (_make is not null && !_closed)
            {
                _all.Add(_make());
                _empty.Push(_all[^1]);
                Capacity++;
            }
        }

        WakeFillers();
    }

    /// <summary>Takes the oldest whole trajectories, as many as <paramref name="batch"/> has room for.</summary>
    /// <param name="batch">Written; at most <see cref="Capacity"/>.</param>
    /// <returns>False if there are not so many now, or the queue is closed: nothing was taken.</returns>
    /// <exception cref="ArgumentException">There will never be so many trajectories.</exception>
    public bool TryTake(Span<Trajectory> batch)
    {
        if (batch.Length > Capacity)
        {
            throw new ArgumentException($"A queue of {Capacity} trajectories never holds {batch.Length}.", nameof(batch));
        }

        lock (_gate)
        {
            if (_closed || _full.Count < batch.Length)
            {
                return false;
            }

            for (int i = 0; i < batch.Length; i++)
            {
                batch[i] = _full.Dequeue();
            }

            _depth = _full.Count;
            return true;
        }
    }

    /// <summary>Gives trajectories back to be filled again.</summary>
    public void GiveBack(ReadOnlySpan<Trajectory> batch)
    {
        lock (_gate)
        {
            foreach (Trajectory trajectory in batch)
            {
                _empty.Push(trajectory);
            }
        }

        WakeFillers();
        _carryOn?.Invoke();
    }

    /// <summary>Says that one of the actors fills no more; without any the queue closes.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_actors > 0)
            {
                return;
            }
        }

        Close();
    }

    /// <summary>Says that nothing can be taken any more. Idempotent.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        WakeFillers();
        _emptier?.Invoke();
    }

    /// <summary>Frees all trajectories; nobody may use them any more.</summary>
    public void Dispose()
    {
        foreach (Trajectory trajectory in _all)
        {
            trajectory.Dispose();
        }
    }

    Frame? IFrameCycle.TryTakeEmpty() => TryTakeEmpty();

    Frame? IFrameCycle.TryTakeFull()
    {
        lock (_gate)
        {
            if (_closed || !_full.TryDequeue(out Trajectory? trajectory))
            {
                return null;
            }

            _depth = _full.Count;
            return trajectory;
        }
    }

    void IFrameCycle.Add(Frame full) => Put((Trajectory)full);

    void IFrameCycle.GiveBack(Frame empty)
    {
        lock (_gate)
        {
            _empty.Push((Trajectory)empty);
        }

        WakeFillers();
    }

    private void Put(Trajectory full)
    {
        lock (_gate)
        {
            _full.Enqueue(full);
            _depth = _full.Count;
        }

        _emptier?.Invoke();
    }

    private void WakeFillers()
    {
        foreach (Action wakeUp in _fillers)
        {
            wakeUp();
        }
    }
}
