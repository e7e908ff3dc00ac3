namespace Gala.Gossip;

/// <summary>A barrier that all agents pass together or not at all, and that tells all of them the same about stopping. Nobody waits in it: who has arrived
/// asks whether the round is complete, and is woken when it is.</summary>
/// <remarks>Every field is written under the gate, which is held for a few instructions.</remarks>
internal sealed class RoundBarrier(int agents)
{
    private readonly Lock _gate = new();
    private readonly int _agents = agents;
    private readonly List<Action> _wakeUps = []; // of the agents; complete before the first round
    private long _completedRounds;
    private int _arrived;
    private bool _stopRequested;
    private bool _stop; // the request as it stood when the last round was completed
    private bool _vote; // whether an agent has voted for it in this round
    private bool _elected; // whether an agent had in the last round that was completed
    private long _furthest; // the highest update that an agent has announced
    private long _lastUpdate = long.MaxValue; // where all stop who come there, once a stop is requested
    private bool _broken; // an agent has left, so no further round can be completed

    /// <summary>Whether any agent voted for it in the round that was completed last. The next cannot be before the asking agent has arrived there.</summary>
    public bool Elected => Volatile.Read(ref _elected);

    /// <summary>Says what is to be called, by any thread, when a round is complete or broken. Before the first round.</summary>
    public void AddWakeUp(Action wakeUp)
    {
        lock (_gate)
        {
            _wakeUps.Add(wakeUp);
        }
    }

    /// <summary>Says without waiting that an agent has made an update, and tells whether it is to stop there.</summary>
    /// <remarks>Between two rounds agents may be at different updates. A stop takes effect at the first that none of them has announced when it
    /// is asked for, unless a round comes before, which then stops them.</remarks>
    public bool Announce(long update)
    {
        lock (_gate)
        {
            _furthest = Math.Max(_furthest, update);
            return update >= _lastUpdate;
        }
    }

    /// <summary>Arrives at the round under way.</summary>
    /// <param name="vote">Counts in <see cref="Elected"/>.</param>
    /// <returns>Number of the round, for <see cref="HasPassed"/>.</returns>
    public long Arrive(bool vote)
    {
        long round;
        lock (_gate)
        {
            round = _completedRounds;
            if (_broken)
            {
                return round; // uncounted: those who waited have been sent away, so nobody may complete this round
            }

            _vote |= vote;
            if (++_arrived < _agents)
            {
                return round;
            }

            (_arrived, _stop, _elected, _vote) = (0, _stopRequested, _vote, false);
            _completedRounds++;
        }

        WakeAll();
        return round;
    }

    /// <summary>Whether a round is over at which the agent has arrived: every agent has, or one has left before.</summary>
    /// <param name="round">What <see cref="Arrive"/> gave.</param>
    /// <param name="outcome">How it ended, if it is over.</param>
    public bool HasPassed(long round, out RoundOutcome outcome)
    {
        lock (_gate)
        {
            // A round that is complete counts even if an agent has left since: it mixed like the others and was done.
            bool isComplete = _completedRounds > round;
            outcome = !isComplete ? RoundOutcome.Broken : _stop ? RoundOutcome.CompleteAndStop : RoundOutcome.Complete;
            return isComplete || _broken;
        }
    }

    public void RequestStop()
    {
        lock (_gate)
        {
            _stopRequested = true;
            _lastUpdate = Math.Min(_lastUpdate, _furthest + 1);
        }
    }

    public void Break()
    {
        lock (_gate)
        {
            _broken = true;
        }

        WakeAll();
    }

    private void WakeAll()
    {
        foreach (Action wakeUp in _wakeUps)
        {
            wakeUp();
        }
    }
}
