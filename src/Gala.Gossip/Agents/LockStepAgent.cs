namespace Gala.Gossip;

/// <summary>One agent's part in <see cref="LockStepGossip"/>.</summary>
internal abstract class LockStepAgent : IGossip
{
    private readonly RoundWait _wait;

    protected LockStepAgent(LockStepGossip gossip, int rank)
    {
        (Gossip, Rank) = (gossip, rank);
        _wait = new RoundWait(gossip.Barrier, Statistics);
    }

    public GossipStatistics Statistics { get; } = new();

    public Action? WakeUp
    {
        set => Gossip.Barrier.AddWakeUp(value!);
    }

    protected LockStepGossip Gossip { get; }

    protected int Rank { get; }

    public void Send(Span<float> parameters, in CompletedUpdate update)
    {
        Statistics.CountExchange();
        Gossip.Publish(Rank, parameters, update.Number, Share(update.Number));
        _wait.Arrive();
    }

    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        if (!_wait.HasPassed(out RoundOutcome outcome))
        {
            result = default;
            return false;
        }

        bool mixed = outcome != RoundOutcome.Broken && Mix(parameters, update.Number);
        result = new GossipResult(mixed, Stop: outcome != RoundOutcome.Complete);
        return true;
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
