namespace Gala.Gossip;

/// <summary>The same in lock-step, where all agents take part in an exchange, and all stop after the same update.</summary>
internal sealed class LockStepRuledGossip(IGossip gossip, IGossipRule rule, RoundBarrier barrier) : RuledGossip(gossip, rule)
{
    private protected override bool IsDue(in CompletedUpdate update, CancellationToken cancellationToken, out bool stop)
    {
        bool isDue = Rule.IsDue(update);
        if (Rule.IsCommon)
        {
            stop = barrier.Announce(update.Number);
            return isDue;
        }

        RoundOutcome outcome = barrier.Arrive(Statistics, isDue, cancellationToken); // the one bit that agents tell each other
        stop = outcome != RoundOutcome.Complete;
        return outcome != RoundOutcome.Broken && barrier.Elected;
    }
}
