namespace Gala.Architectures.Hts;

/// <summary>Simulators on their way to whoever has the next thing to do for them. Whoever comes takes all of them.</summary>
/// <remarks>Many posters, many takers. A taker spins for some microseconds before it sleeps, since the other side of a hand-over is often
/// about as fast. Allocates nothing.</remarks>
/// <param name="capacity">Simulators that may be in it at once.</param>
internal sealed class ReadyQueue(int capacity)
{
    private readonly object _gate = new(); // not a Lock: that has no condition to wait on
    private readonly HtsSimulator[] _ready = new HtsSimulator[capacity]; // under the gate
    private int _count; // written under the gate; read without it by those who spin
    private bool _closed; // likewise

    /// <summary>Hands simulators over, and with them the right to touch them.</summary>
    public void Post(ReadOnlySpan<HtsSimulator> simulators)
    {
        if (simulators.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            simulators.CopyTo(_ready.AsSpan(_count));
            Volatile.Write(ref _count, _count + simulators.Length);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for simulators and takes all that are there.</summary>
    /// <param name="taken">Written from the start; room for all.</param>
    /// <param name="abort">Ends the wait.</param>
    /// <returns>How many were taken; 0 once the queue is closed and empty.</returns>
    /// <exception cref="OperationCanceledException">Aborted while waiting.</exception>
    public int Take(Span<HtsSimulator> taken, CancellationToken abort)
    {
        for (BriefSpin spin = new(); Volatile.Read(ref _count) == 0 && !Volatile.Read(ref _closed) && spin.Next();)
        {
        }

        lock (_gate)
        {
            while (_count == 0 && !_closed)
            {
                abort.ThrowIfCancellationRequested();
                Monitor.Wait(_gate, BriefSpin.CancellationPoll);
            }

            int count = _count;
            _ready.AsSpan(0, count).CopyTo(taken);
            Volatile.Write(ref _count, 0);
            return count;
        }
    }

    /// <summary>Nothing more will come.</summary>
    public void Close()
    {
        lock (_gate)
        {
            Volatile.Write(ref _closed, true);
            Monitor.PulseAll(_gate);
        }
    }
}
