namespace Gala.Gossip;

/// <summary>One agent's part in <see cref="LockStepGossip"/>.</summary>
internal abstract class LockStepAgent(LockStepGossip gossip, int rank) : IGossip
{
    public GossipStatistics Statistics { get; } = new();

    protected LockStepGossip Gossip { get; } = gossip;

    protected int Rank { get; } = rank;

    public GossipResult Exchange(Span<float> parameters, long update, CancellationToken cancellationToken = default)
    {
        Gossip.Publish(Rank, parameters, update, Share(update));
        RoundOutcome outcome = Gossip.Barrier.Arrive(Statistics, vote: false, cancellationToken);
        bool mixed = outcome != RoundOutcome.Broken && Mix(parameters, update);
        return new GossipResult(mixed, Stop: outcome != RoundOutcome.Complete);
    }

    public void RequestStop() => Gossip.Barrier.RequestStop();

    public void Leave() => Gossip.Barrier.Break();

    public virtual void SaveState(BinaryWriter writer)
    {
    }

    public virtual void LoadState(BinaryReader reader)
    {
    }

    /// <summary>The weight that travels with the parameters.</summary>
    protected virtual double Share(long update) => 1;

    /// <summary>Mixes what the agent and its in-peers published for that update; whether the parameters changed.</summary>
    protected abstract bool Mix(Span<float> parameters, long update);

    /// <summary>The rank of a term of the sum: the agent itself and its in-peers, in order of rank. Where messages are rounded the agent comes first.</summary>
    protected int Term(ReadOnlySpan<int> inPeers, int term)
    {
        int before = Gossip.Format == MessageFormat.Exact ? ~inPeers.BinarySearch(Rank) : 0; // in-peers that come before the agent, itself none of them
        return term < before ? inPeers[term] : term == before ? Rank : inPeers[term - 1];
    }

    /// <summary>Makes a copy of the first term; the agent's own is there already, and not rounded.</summary>
    protected void StartFrom(GossipMessage first, int rank, Span<float> parameters)
    {
        if (rank != Rank)
        {
            first.CopyTo(parameters);
        }
    }

    /// <summary>Counts and tells the in-peers' messages that are refused; returns how many are left.</summary>
    protected int Accept(ReadOnlySpan<int> inPeers, long update)
    {
        int accepted = 0;
        foreach (int peer in inPeers)
        {
            if (Gossip.IsSound(peer, update))
            {
                accepted++;
                continue;
            }

            Statistics.CountRefusal();
            Gossip.Refused?.Invoke(new GossipRefusal(Rank, peer, update));
        }

        return accepted;
    }
}
