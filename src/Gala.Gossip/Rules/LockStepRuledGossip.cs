namespace Gala.Gossip;

/// <summary>The same in lock-step, where all agents take part in an exchange, and all stop after the same update.</summary>
internal sealed class LockStepRuledGossip : RuledGossip
{
    private readonly RoundBarrier _barrier;
    private readonly RoundWait _election;
    private bool _stop;

    public LockStepRuledGossip(IGossip gossip, IGossipRule rule, RoundBarrier barrier)
        : base(gossip, rule)
    {
        _barrier = barrier;
        _election = new RoundWait(barrier, Statistics);
    }

    private protected override bool StopsWithoutExchange => _stop;

    private protected override void Begin(bool isDue, long update)
    {
        base.Begin(isDue, update);
        if (Rule.IsCommon)
        {
            _stop = _barrier.Announce(update);
        }
        else
        {
            _election.Arrive(vote: isDue); // the one bit that agents tell each other
        }
    }

    private protected override bool? IsDue()
    {
        if (Rule.IsCommon)
        {
            return base.IsDue();
        }

        if (!_election.HasPassed(out RoundOutcome outcome))
        {
            return null;
        }

        _stop = outcome != RoundOutcome.Complete;
        return outcome != RoundOutcome.Broken && _barrier.Elected;
    }
}
