namespace Gala.Gossip;

/// <summary>One agent's part in <see cref="TreeReduction"/>.</summary>
internal sealed class ReducingAgent : IGossip
{
    private readonly TreeReduction _reduction;
    private readonly int _rank;
    private readonly RoundWait _wait;
    private bool _hasReduced; // its stretch, in the exchange under way

    public ReducingAgent(TreeReduction reduction, int rank)
    {
        (_reduction, _rank) = (reduction, rank);
        _wait = new RoundWait(reduction.Barrier, Statistics);
    }

    public GossipStatistics Statistics { get; } = new();

    public Action? WakeUp
    {
        set => _reduction.Barrier.AddWakeUp(value!);
    }

    public void Send(Span<float> parameters, in CompletedUpdate update)
    {
        Statistics.CountExchange();
        _reduction.Write(_rank, parameters);
        _hasReduced = false;
        _wait.Arrive();
    }

    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        result = new GossipResult(Mixed: false, Stop: true); // of a broken round
        if (!_wait.HasPassed(out RoundOutcome outcome))
        {
            return false;
        }

        if (!_hasReduced && outcome != RoundOutcome.Broken)
        {
            _reduction.Reduce(_rank);
            _hasReduced = true;
            _wait.Arrive();
            return TryMix(parameters, update, out result);
        }

        if (outcome != RoundOutcome.Broken)
        {
            _reduction.Read(parameters);
            Statistics.CountMix(staleness: 0);
            result = new GossipResult(Mixed: true, Stop: outcome == RoundOutcome.CompleteAndStop);
        }

        return true;
    }

    public void RequestStop() => _reduction.Barrier.RequestStop();

    public void Leave() => _reduction.Barrier.Break();
}
