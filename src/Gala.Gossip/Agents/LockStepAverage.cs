namespace Gala.Gossip;

/// <summary>x ← (Σ over the agent itself and its in-peers, in order of rank) / (1 + in-degree), without those that are refused.</summary>
internal sealed class LockStepAverage(LockStepGossip gossip, int rank) : LockStepAgent(gossip, rank)
{
    protected override bool Mix(Span<float> parameters, long update)
    {
        ReadOnlySpan<int> inPeers = Gossip.Topology.InPeers(Rank, update);
        int accepted = Accept(inPeers, update);
        if (accepted == 0)
        {
            return false;
        }

        int messages = Gossip.IsSound(Rank, update) ? accepted : accepted - 1; // beside the one that the sum starts from
        int taken = 0;
        for (int term = 0; term <= inPeers.Length; term++)
        {
            int rank = Term(inPeers, term);
            if (Gossip.IsSound(rank, update))
            {
                Take(Gossip.Published(rank, update), rank, parameters, taken++, messages);
            }
        }

        Statistics.CountMix(staleness: 0);
        return true;
    }

    private void Take(GossipMessage message, int rank, Span<float> parameters, int taken, int messages)
    {
        if (taken == 0)
        {
            StartFrom(message, rank, parameters);
        }
        else
        {
            message.AverageInto(parameters, taken, messages);
        }
    }
}
