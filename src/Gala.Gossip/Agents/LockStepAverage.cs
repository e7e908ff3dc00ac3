using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>x ← (Σ over the agent itself and its in-peers, in order of rank) / (1 + in-degree).</summary>
internal sealed class LockStepAverage(LockStepGossip gossip, int rank) : LockStepAgent(gossip, rank)
{
    protected override bool Mix(Span<float> parameters, long update)
    {
        ReadOnlySpan<int> inPeers = Gossip.Topology.InPeers(Rank, update);
        if (inPeers.IsEmpty)
        {
            return false;
        }

        int last = inPeers.Length;
        Gossip.Published(Term(inPeers, 0), update).Parameters.CopyTo(parameters);
        for (int term = 1; term < last; term++)
        {
            Kernels.Add(parameters, Gossip.Published(Term(inPeers, term), update).Parameters);
        }

        Kernels.AddAndDivide(parameters, Gossip.Published(Term(inPeers, last), update).Parameters, 1 + last);
        Statistics.CountMix(staleness: 0);
        return true;
    }
}
