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

        StartFrom(Gossip.Published(Term(inPeers, 0), update), inPeers, parameters);
        for (int term = 1; term <= inPeers.Length; term++)
        {
            Gossip.Published(Term(inPeers, term), update).AverageInto(parameters, term, inPeers.Length);
        }

        Statistics.CountMix(staleness: 0);
        return true;
    }
}
