using Gala.Architectures;

namespace Gala.Scheduling;

/// <summary>One worker as the runners see it.</summary>
/// <remarks>Fields are guarded by the gate of <see cref="Runners"/>, or belong to the runner that has the worker's turn, unless said otherwise.</remarks>
internal sealed class Seat(IWorker worker, int index)
{
    private const int NotWaiting = 0, IsWaiting = 1, IsWoken = 2;
    private int _signal; // by interlocked operations
    private int _holdsUpdate; // likewise: whether the worker holds an update of the budget

    public IWorker Worker { get; } = worker;

    public IAgent? Agent { get; } = worker as IAgent;

    public int Index { get; } = index;

    /// <summary>Whether its turns may wait inside, so that they are made beside those that share the processors.</summary>
    public bool Blocks { get; set; } = worker.Blocks;

    public Place Place { get; set; }

    public Fate Fate { get; set; }

    /// <summary>Whether the turn under way is one of those that share the processors.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Updates, of helpers turns, since the session's start; one that comes back after a silence counts on from the slowest.</summary>
    public long Made { get; set; }

    /// <summary>Whether an update was begun and is not over, since it waits for something or has yielded.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>Whether what is under way waits, and did not only yield.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Whether the turn that is over ended something that had been put off: then the worker goes on with its next update at once.</summary>
    public bool GoesOn { get; set; }

    /// <summary>Updates of the agent before the one under way.</summary>
    public long UpdatesBefore { get; set; }

    /// <summary>Whether the update under way counts in <see cref="Made"/> already.</summary>
    public bool IsCountedAsMade { get; set; }

    /// <summary>Timestamp at which a worker that waits is asked again; <see cref="long.MaxValue"/>: only when it is woken.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>How often turns of the worker waited inside of late.</summary>
    public int Waits { get; set; }

    /// <summary>Sign of life at the last look, and since when it is the same.</summary>
    public (long Count, long Since) Sign { get; set; }

    /// <summary>Says that the worker waits from now on: whoever wakes it after this is noticed.</summary>
    public void StartWaiting() => Interlocked.Exchange(ref _signal, IsWaiting);

    /// <summary>Says that the worker waits no more; whether it was woken.</summary>
    public bool StopWaiting() => Interlocked.Exchange(ref _signal, NotWaiting) == IsWoken;

    /// <summary>Whether the worker was woken since it began to wait.</summary>
    public bool WasWoken => Volatile.Read(ref _signal) == IsWoken;

    /// <summary>Wakes the worker; whether that is news to whoever may have it parked. Any thread.</summary>
    public bool TryWake()
    {
        Interlocked.MemoryBarrier(); // what it waits for is there before we look whether it waits
        return Volatile.Read(ref _signal) == IsWaiting && Interlocked.CompareExchange(ref _signal, IsWoken, IsWaiting) == IsWaiting;
    }

    /// <summary>Takes an update of the budget.</summary>
    public void Hold() => Volatile.Write(ref _holdsUpdate, 1);

    /// <summary>Lets go of it; whether there was one.</summary>
    public bool LetGo() => Interlocked.Exchange(ref _holdsUpdate, 0) == 1;
}

/// <summary>Where a worker is between and in its turns.</summary>
internal enum Place
{
    /// <summary>Waits for a runner.</summary>
    Ready,

    /// <summary>A runner has its turn.</summary>
    Taken,

    /// <summary>Waits for something else.</summary>
    Parked,
}

/// <summary>What has become of a worker.</summary>
internal enum Fate
{
    /// <summary>Works, or waits.</summary>
    Alive,

    /// <summary>Is silent in the middle of a turn, so that nobody waits for it.</summary>
    Lost,

    /// <summary>Will have no further turn.</summary>
    Ended,
}
