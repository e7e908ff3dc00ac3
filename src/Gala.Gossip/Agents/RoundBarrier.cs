namespace Gala.Gossip;

/// <summary>A barrier that all agents pass together or not at all, and that tells all of them the same about stopping.</summary>
/// <remarks>Lock-step gossip is made of waiting, so a plain monitor serves. Every field is written under the gate.</remarks>
internal sealed class RoundBarrier(int agents)
{
    private static readonly TimeSpan CancellationPoll = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new(); // not a Lock: that has no condition to wait on
    private readonly int _agents = agents;
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

    /// <summary>Waits until every agent has arrived; broken if one has left before that.</summary>
    /// <param name="statistics">Counts the waits of agents that are not the last to arrive.</param>
    /// <param name="vote">Counts in <see cref="Elected"/>.</param>
    /// <param name="cancellationToken">Ends the wait and breaks the barrier, since the round's other agents count on this one.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the round was complete.</exception>
    public RoundOutcome Arrive(GossipStatistics statistics, bool vote, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_broken)
            {
                return RoundOutcome.Broken; // uncounted: those who waited have been sent away, so nobody may complete this round
            }

            long round = _completedRounds;
            _vote |= vote;
            if (++_arrived == _agents)
            {
                (_arrived, _stop, _elected, _vote) = (0, _stopRequested, _vote, false);
                _completedRounds++;
                Monitor.PulseAll(_gate);
            }
            else
            {
                Await(round, statistics, cancellationToken);
            }

            // A round that is complete counts even if an agent has left since: it mixed like the others and was done.
            return _completedRounds == round ? RoundOutcome.Broken : _stop ? RoundOutcome.CompleteAndStop : RoundOutcome.Complete;
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
            Monitor.PulseAll(_gate);
        }
    }

    private void Await(long round, GossipStatistics statistics, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        statistics.StartWaiting();
        try
        {
            while (_completedRounds == round && !_broken)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    Break();
                    cancellationToken.ThrowIfCancellationRequested();
                }

                Monitor.Wait(_gate, CancellationPoll);
            }
        }
        finally
        {
            statistics.StopWaiting(TimeProvider.System.GetElapsedTime(start));
        }
    }
}
