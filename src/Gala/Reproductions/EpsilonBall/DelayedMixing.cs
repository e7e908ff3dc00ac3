using Gala.Gossip;
using Gala.Numerics;

namespace Gala.Reproductions;

/// <summary>Rounds of gossip in which every message is the same number of rounds late, as the theory has it; all agents on one thread.</summary>
/// <remarks>At first the messages on their way are of the parameters that all agents start from. In each round all agents send, then all mix.</remarks>
internal sealed class DelayedMixing : IDisposable
{
    private readonly Topology _topology;
    private readonly AlignedBuffer<float>[] _sent; // [round % rounds kept · n + rank]
    private readonly int _roundsKept;

    /// <summary>Prepares rounds.</summary>
    /// <param name="topology">Who mixes whose parameters, by plain averages.</param>
    /// <param name="delay">τ, in rounds; 0 for none.</param>
    /// <param name="start">What all agents start from, shape [P].</param>
    public DelayedMixing(Topology topology, int delay, ReadOnlySpan<float> start)
    {
        (_topology, _roundsKept) = (topology, delay + 1);
        _sent = new AlignedBuffer<float>[_roundsKept * topology.Agents];
        for (int i = 0; i < _sent.Length; i++)
        {
            _sent[i] = new AlignedBuffer<float>(start.Length);
            start.CopyTo(_sent[i].Span);
        }
    }

    /// <summary>First half of a round: notes yᵢ, what an agent holds after its local update.</summary>
    public void Send(int rank, long round, ReadOnlySpan<float> parameters) => parameters.CopyTo(Sent(round, rank));

    /// <summary>Second half: xᵢ ← (yᵢ + Σⱼ yⱼ of τ rounds ago) / (1 + in-degree).</summary>
    /// <param name="rank">i.</param>
    /// <param name="round">Counted from 0.</param>
    /// <param name="parameters">yᵢ on entry, xᵢ on return.</param>
    public void Mix(int rank, long round, Span<float> parameters)
    {
        ReadOnlySpan<int> inPeers = _topology.InPeers(rank, round);
        for (int i = 0; i < inPeers.Length; i++)
        {
            ReadOnlySpan<float> message = Sent(round + 1, inPeers[i]); // the oldest round kept, which the next one overwrites
            if (i < inPeers.Length - 1)
            {
                Kernels.Add(parameters, message);
            }
            else
            {
                Kernels.AddAndDivide(parameters, message, 1 + inPeers.Length);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(_sent, buffer => buffer.Dispose());

    private Span<float> Sent(long round, int rank) => _sent[((int)(round % _roundsKept) * _topology.Agents) + rank].Span;
}
