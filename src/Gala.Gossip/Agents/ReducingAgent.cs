namespace Gala.Gossip;

/// <summary>One agent's part in <see cref="TreeReduction"/>.</summary>
internal sealed class ReducingAgent(TreeReduction reduction, int rank) : IGossip
{
    public GossipStatistics Statistics { get; } = new();

    public GossipResult Exchange(Span<float> parameters, long update, CancellationToken cancellationToken = default)
    {
        reduction.Write(rank, parameters);
        if (reduction.Barrier.Arrive(Statistics, vote: false, cancellationToken) == RoundOutcome.Broken)
        {
            return new GossipResult(Mixed: false, Stop: true);
        }

        reduction.Reduce(rank);
        RoundOutcome outcome = reduction.Barrier.Arrive(Statistics, vote: false, cancellationToken);
        if (outcome == RoundOutcome.Broken)
        {
            return new GossipResult(Mixed: false, Stop: true);
        }

        reduction.Read(parameters);
        Statistics.CountMix(staleness: 0);
        return new GossipResult(Mixed: true, Stop: outcome == RoundOutcome.CompleteAndStop);
    }

    public void RequestStop() => reduction.Barrier.RequestStop();

    public void Leave() => reduction.Barrier.Break();
}
