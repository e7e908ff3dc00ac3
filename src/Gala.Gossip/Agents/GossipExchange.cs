namespace Gala.Gossip;

/// <summary>Whole exchanges for agents that have a thread of their own to wait on.</summary>
public static class GossipExchange
{
    private const int SpinsBeforeSleeping = 1_000; // one or two milliseconds, several updates of a small network

    /// <summary>Sends an agent's parameters to its out-peers, averages in those of its in-peers, and waits on this thread while that cannot be.</summary>
    /// <param name="gossip">The agent's part.</param>
    /// <param name="parameters">x after the local update, shape [P]; the average where <see cref="GossipResult.Mixed"/>, untouched otherwise.</param>
    /// <param name="update">Number of the local update, higher at every call.</param>
    /// <param name="cancellationToken">Ends the wait; the parameters stay as the local update left them. Where others may wait for this agent, it
    /// is to leave then.</param>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public static GossipResult Exchange(this IGossip gossip, Span<float> parameters, long update, CancellationToken cancellationToken = default) =>
        Exchange(gossip, parameters, new CompletedUpdate(update, LearningRate: 0, GradientNorm: 0), cancellationToken);

    /// <summary>The same for gossip that goes by a rule: it may let an update go by without an exchange.</summary>
    /// <inheritdoc cref="Exchange(IGossip, Span{float}, long, CancellationToken)"/>
    public static GossipResult Exchange(
        this IGossip gossip, Span<float> parameters, in CompletedUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gossip);
        gossip.Send(parameters, update);
        SpinWait spin = default;
        GossipResult result;
        while (!gossip.TryMix(parameters, update, out result))
        {
            cancellationToken.ThrowIfCancellationRequested();
            spin.SpinOnce(SpinsBeforeSleeping);
        }

        return result;
    }
}
