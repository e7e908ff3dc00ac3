using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>One agent's part in <see cref="LockStepGossip"/>.</summary>
internal sealed class LockStepAgent(LockStepGossip gossip, int rank) : IGossip
{
    private readonly LockStepGossip _gossip = gossip;
    private readonly int _rank = rank;

    public GossipStatistics Statistics { get; } = new();

    public GossipResult Exchange(Span<float> parameters, long update, CancellationToken cancellationToken = default)
    {
        _gossip.Publish(_rank, parameters, update);
        RoundOutcome outcome = _gossip.Barrier.Arrive(Statistics, cancellationToken);
        bool mixed = outcome != RoundOutcome.Broken && Mix(parameters, update);
        return new GossipResult(mixed, Stop: outcome != RoundOutcome.Complete);
    }

    public void RequestStop() => _gossip.Barrier.RequestStop();

    public void Leave() => _gossip.Barrier.Break();

    /// <summary>x ← (Σ over the agent itself and its in-peers, in order of rank) / (1 + in-degree).</summary>
    private bool Mix(Span<float> parameters, long update)
    {
        ReadOnlySpan<int> inPeers = _gossip.Topology.InPeers(_rank, update);
        if (inPeers.IsEmpty)
        {
            return false;
        }

        int before = ~inPeers.BinarySearch(_rank); // in-peers of lower rank; the agent itself is none of them
        int terms = 1 + inPeers.Length;
        _gossip.Published(Term(inPeers, before, 0), update).CopyTo(parameters);
        for (int term = 1; term < terms - 1; term++)
        {
            Kernels.Add(parameters, _gossip.Published(Term(inPeers, before, term), update));
        }

        Kernels.AddAndDivide(parameters, _gossip.Published(Term(inPeers, before, terms - 1), update), terms);
        Statistics.CountMix(staleness: 0);
        return true;
    }

    private int Term(ReadOnlySpan<int> inPeers, int before, int term) =>
        term < before ? inPeers[term] : term == before ? _rank : inPeers[term - 1];
}
