using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>The mean of a vector over all agents, in lock-step: what synchronous data-parallel learning does with gradients.</summary>
/// <remarks>
/// <para>An element's sum is a tree over the ranks, ((x₀ + x₁) + (x₂ + x₃)) + …, whoever computes it, so the bits do not depend on the
/// threads' schedule, and all agents get the same. Each agent reduces a stretch of its own and then takes over the others'.</para>
/// <para>Two barriers a round: nobody reduces before all have written, and nobody takes over before all have reduced. An agent writes its slot for
/// the next round after the second, when nobody reads slots any more; the mean is written anew only after the next first one, when all have
/// taken it over.</para>
/// <para>When an agent leaves or is cancelled, the others' exchanges return at once, with <see cref="GossipResult.Stop"/>.</para>
/// </remarks>
public sealed class TreeReduction : IReduction
{
    private readonly AlignedBuffer<float>[] _slots; // by rank; written by their agents, and at first levels of the tree by who reduces them
    private readonly AlignedBuffer<float> _mean; // each stretch written by the agent that reduces it
    private readonly ReducingAgent[] _agents;

    /// <summary>Prepares rounds.</summary>
    /// <param name="agents">n.</param>
    /// <param name="length">Of the vectors.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is not positive, or <paramref name="length"/> negative.</exception>
    public TreeReduction(int agents, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(agents);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Barrier = new RoundBarrier(agents);
        _slots = [.. Enumerable.Range(0, agents).Select(_ => new AlignedBuffer<float>(length))];
        _mean = new AlignedBuffer<float>(length);
        _agents = [.. Enumerable.Range(0, agents).Select(rank => new ReducingAgent(this, rank))];
    }

    internal RoundBarrier Barrier { get; }

    /// <summary>One agent's part, always the same object.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no agent of that rank.</exception>
    public IGossip Agent(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, _agents.Length);
        return _agents[rank];
    }

    /// <summary>Frees the slots; every agent must have stopped.</summary>
    public void Dispose()
    {
        Array.ForEach(_slots, slot => slot.Dispose());
        _mean.Dispose();
    }

    internal void Write(int rank, ReadOnlySpan<float> vector)
    {
        if (vector.Length != _slots[rank].Length)
        {
            throw new ArgumentException($"Agent {rank} has {vector.Length} elements instead of {_slots[rank].Length}.", nameof(vector));
        }

        vector.CopyTo(_slots[rank].Span);
    }

    /// <summary>Computes the mean of an agent's stretch.</summary>
    internal void Reduce(int rank)
    {
        Range stretch = Stretch(rank);
        for (int distance = 1; distance < _slots.Length; distance *= 2)
        {
            for (int left = 0; left + distance < _slots.Length; left += 2 * distance)
            {
                Kernels.Add(_slots[left].Span[stretch], _slots[left + distance].Span[stretch]);
            }
        }

        _slots[0].Span[stretch].CopyTo(_mean.Span[stretch]);
        Kernels.Scale(_mean.Span[stretch], 1f / _slots.Length);
    }

    internal void Read(Span<float> vector) => _mean.Span.CopyTo(vector);

    // Whole cache lines, so that no two agents write to one.
    private Range Stretch(int rank)
    {
        const int Line = 16;
        int length = _slots[0].Length;
        int Start(int index) => (int)Math.Min(length, (long)(length + Line - 1) / Line * index / _slots.Length * Line);
        return Start(rank)..Start(rank + 1);
    }
}
