using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Mpi.Watch;
using Gala.Numerics;

namespace Gala.Mpi.Reduction;

/// <summary>The mean of a vector over all agents of all processes, in lock-step.</summary>
/// <remarks>
/// <para>An element's sum is the tree of <see cref="TreeReduction"/> over all agents, so its bits are the same however agents are shared out to
/// processes. Where the agents of a process are a power of two, its lower levels lie within the process and one sum goes out; otherwise
/// every agent's vector does.</para>
/// <para>Process p sums stretch p: each sends it that stretch, and it sends back the mean (a reduce-scatter and an all-gather, the least that can
/// be sent). The first agent of a process does so for all; the others wait at a barrier.</para>
/// </remarks>
internal sealed class MpiReduction : IReduction
{
    private readonly AlignedBuffer<float>[] _slots; // by agent of this process; written by it, then the tree's lower levels by who reduces them
    private readonly AlignedBuffer<float> _mean; // written by the first agent
    private readonly MpiReducingAgent[] _agents;
    private readonly StretchExchange _exchange;
    private readonly bool _sumsWithin;
    private bool _stop; // written by the first agent between two barriers

    public MpiReduction(MpiThread thread, MpiLibrary library, ProcessWatch watch, int process, int processes, int agents, int length)
    {
        _sumsWithin = int.IsPow2(agents);
        Barrier = new RoundBarrier(agents);
        _slots = [.. Enumerable.Range(0, agents).Select(_ => new AlignedBuffer<float>(length))];
        _mean = new AlignedBuffer<float>(length);
        _agents = [.. Enumerable.Range(0, agents).Select(rank => new MpiReducingAgent(this, rank))];
        _exchange = new StretchExchange(thread, library, watch, process, processes, _sumsWithin ? _slots[..1] : _slots, _mean, agents * processes);
    }

    public IGossip Agent(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, _agents.Length);
        return _agents[rank];
    }

    public void Dispose()
    {
        _exchange.Dispose();
        Array.ForEach(_slots, slot => slot.Dispose());
        _mean.Dispose();
    }

    internal RoundBarrier Barrier { get; }

    internal void Write(int rank, ReadOnlySpan<float> vector)
    {
        if (vector.Length != _mean.Length)
        {
            throw new ArgumentException($"Agent {rank} has {vector.Length} elements instead of {_mean.Length}.", nameof(vector));
        }

        vector.CopyTo(_slots[rank].Span);
    }

    /// <summary>Begins to sum over all processes what the agents of this one have written. The first agent's.</summary>
    internal void BeginTransfer(bool stop)
    {
        if (_sumsWithin)
        {
            SumWithin();
        }

        _exchange.Begin(stop);
    }

    /// <summary>Whether the mean is there. The first agent's.</summary>
    internal bool TryTransfer(out TimeSpan waited) => _exchange.TryEnd(out _stop, out waited);

    /// <summary>Copies the mean; returns whether all are to stop.</summary>
    internal bool Read(Span<float> vector)
    {
        _mean.Span.CopyTo(vector);
        return _stop;
    }

    private void SumWithin()
    {
        for (int distance = 1; distance < _slots.Length; distance *= 2)
        {
            for (int left = 0; left + distance < _slots.Length; left += 2 * distance)
            {
                Kernels.Add(_slots[left].Span, _slots[left + distance].Span);
            }
        }
    }
}
