namespace Gala.Gossip;

/// <summary>One agent's way through the rounds of a <see cref="RoundBarrier"/>, with its waits counted. For one thread at a time.</summary>
internal sealed class RoundWait(RoundBarrier barrier, GossipStatistics statistics)
{
    private long _round;
    private long? _since; // timestamp of the first no

    /// <summary>Arrives at the round under way.</summary>
    /// <param name="vote">Counts in <see cref="RoundBarrier.Elected"/>.</param>
    public void Arrive(bool vote = false) => _round = barrier.Arrive(vote);

    /// <summary>Whether the round is over at which the agent arrived last.</summary>
    /// <param name="outcome">How it ended, if it is over.</param>
    public bool HasPassed(out RoundOutcome outcome)
    {
        bool hasPassed = barrier.HasPassed(_round, out outcome);
        if (!hasPassed && _since is null)
        {
            _since = TimeProvider.System.GetTimestamp();
            statistics.StartWaiting();
        }
        else if (hasPassed && _since is { } start)
        {
            statistics.StopWaiting(TimeProvider.System.GetElapsedTime(start));
            _since = null;
        }

        return hasPassed;
    }
}
