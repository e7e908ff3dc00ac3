using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>How a monitor gets every agent's parameters while they train, without a lock and without an agent ever waiting.</summary>
/// <remarks>
/// <para>The monitor raises a request; each agent, at the end of an update, copies its parameters once into its own slot and says so.
/// A set is complete when every agent has answered the latest request; from then until the next request nobody writes a slot that
/// the monitor reads, so nothing is torn.</para>
/// <para>One monitor thread, one thread an agent.</para>
/// </remarks>
public sealed class ParameterSnapshots : IDisposable
{
    private const int LineOfLongs = 8;

    private readonly Snapshot[] _slots;
    private readonly Snapshot?[] _finals; // what an agent left behind: beside its slot, which the monitor may be reading
    private readonly Snapshot[] _taken; // the monitor's own: the set that it reads, fixed when it was complete
    private readonly AlignedBuffer<long> _answers; // the request that an agent has answered, a cache line each; written by that agent
    private long _request; // written by the monitor, read by the agents

    /// <summary>Allocates a slot for every agent.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> or <paramref name="parameterCount"/> is negative.</exception>
    public ParameterSnapshots(int agents, int parameterCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agents);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        _slots = [.. Enumerable.Range(0, agents).Select(_ => new Snapshot(parameterCount))];
        _finals = new Snapshot?[agents];
        _taken = [.. _slots];
        _answers = new AlignedBuffer<long>(agents * LineOfLongs);
    }

    /// <summary>n.</summary>
    public int Agents => _slots.Length;

    /// <summary>Monitor only: asks every agent for its parameters. The set taken last may be overwritten from here on.</summary>
    public void Request() => Volatile.Write(ref _request, _request + 1);

    /// <summary>Monitor only: takes the set if every agent has answered the latest request; never waits. False before the first request.</summary>
    /// <param name="isExcused">Whether the answer of the agent of that rank is not waited for, such as one that hangs: its parameters of the set may be
    /// old, or be written at that moment. Null: all answers are.</param>
    public bool TryTake(Predicate<int>? isExcused = null)
    {
        for (int rank = 0; rank < Agents; rank++)
        {
            if (Volatile.Read(ref Answer(rank)) < Math.Max(_request, 1) && isExcused?.Invoke(rank) != true)
            {
                return false;
            }
        }

        for (int rank = 0; rank < Agents; rank++)
        {
            // Decided once: an agent that finishes later must not swap its vector in the middle of a measurement.
            _taken[rank] = Volatile.Read(ref _finals[rank]) ?? _slots[rank];
        }

        return true;
    }

    /// <summary>Monitor only: one agent's parameters of the set taken last, valid until the next request.</summary>
    public ReadOnlySpan<float> Parameters(int rank) => _taken[rank].Parameters.Span;

    /// <summary>Monitor only: the update after which those parameters were copied.</summary>
    public long Update(int rank) => _taken[rank].Update;

    /// <summary>Agent's own thread, at the end of each update: copies the parameters if the monitor has asked since the last copy.</summary>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    public void Offer(int rank, ReadOnlySpan<float> parameters, long update)
    {
        long request = Volatile.Read(ref _request);
        if (Answer(rank) < request)
        {
            _slots[rank].Copy(parameters, update);
            Volatile.Write(ref Answer(rank), request);
        }
    }

    /// <summary>Agent's own thread, when it has finished or failed: leaves its parameters behind as the answer to every later request.</summary>
    /// <remarks>The one call here that allocates. A second one does nothing.</remarks>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    public void Finish(int rank, ReadOnlySpan<float> parameters, long update)
    {
        if (_finals[rank] is null)
        {
            Snapshot final = new(_slots[rank].Parameters.Length);
            final.Copy(parameters, update);
            Volatile.Write(ref _finals[rank], final);
            Volatile.Write(ref Answer(rank), long.MaxValue);
        }
    }

    /// <summary>Frees the slots; agents and monitor must have stopped.</summary>
    public void Dispose()
    {
        Array.ForEach(_slots, slot => slot.Parameters.Dispose());
        Array.ForEach(_finals, final => final?.Parameters.Dispose());
        _answers.Dispose();
    }

    private ref long Answer(int rank) => ref _answers.Span[rank * LineOfLongs];

    private sealed class Snapshot(int length)
    {
        public AlignedBuffer<float> Parameters { get; } = new(length);

        public long Update { get; private set; }

        public void Copy(ReadOnlySpan<float> parameters, long update)
        {
            if (parameters.Length != Parameters.Length)
            {
                throw new ArgumentException(
                    $"A snapshot of {parameters.Length} parameters does not fit a slot of {Parameters.Length}.", nameof(parameters));
            }

            parameters.CopyTo(Parameters.Span);
            Update = update;
        }
    }
}
