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
    private bool _broken; // an agent has left, so no further round can be completed

    /// <summary>Waits until every agent has arrived; broken if one has left before that.</summary>
    /// <param name="statistics">Counts the waits of agents that are not the last to arrive.</param>
    /// <param name="cancellationToken">Ends the wait and breaks the barrier, since the round's other agents count on this one.</param>
    /// <exception cref="OperationCanceledException">Cancelled before the round was complete.</exception>
    public RoundOutcome Arrive(GossipStatistics statistics, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_broken)
            {
                return RoundOutcome.Broken; // uncounted: those who waited have been sent away, so nobody may complete this round
            }

            long round = _completedRounds;
            if (++_arrived == _agents)
            {
                (_arrived, _stop) = (0, _stopRequested);
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
