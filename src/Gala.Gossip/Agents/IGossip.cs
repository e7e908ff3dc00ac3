namespace Gala.Gossip;

/// <summary>One agent's part in the gossip: what its training loop calls after every local update.</summary>
public interface IGossip
{
    /// <summary>Counters that any thread may read.</summary>
    GossipStatistics Statistics { get; }

    /// <summary>Whether the others can go on if this agent leaves now, and not only stop with it. Agent's own thread.</summary>
    bool IsDispensable => false;

    /// <summary>Sends the agent's parameters to its out-peers and averages in those of its in-peers. Agent's own thread only.</summary>
    /// <param name="parameters">x after the local update, shape [P]; the average where <see cref="GossipResult.Mixed"/>, untouched otherwise.</param>
    /// <param name="update">Number of the local update, higher at every call.</param>
    /// <param name="cancellationToken">Ends a wait for peers; the parameters stay as the local update left them.</param>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    GossipResult Exchange(Span<float> parameters, long update, CancellationToken cancellationToken = default);

    /// <summary>The same for gossip that goes by a rule: it may let an update go by without an exchange. Agent's own thread only.</summary>
    GossipResult Exchange(Span<float> parameters, in CompletedUpdate update, CancellationToken cancellationToken = default) =>
        Exchange(parameters, update.Number, cancellationToken);

    /// <summary>Asks for <see cref="GossipResult.Stop"/>: of this agent's next exchange, or in lock-step of all agents' same round. Any thread.</summary>
    void RequestStop();

    /// <summary>Saves what the next exchange depends on beside the parameters; nothing where there is no such thing. Between two exchanges.</summary>
    void SaveState(BinaryWriter writer)
    {
    }

    /// <summary>Restores what <see cref="SaveState"/> saved.</summary>
    void LoadState(BinaryReader reader)
    {
    }

    /// <summary>Says how many updates the agent has made in earlier sessions of its run. Before the first exchange.</summary>
    void GoOnAfter(long updates)
    {
    }

    /// <summary>Says that this agent has finished or failed, so that no other ever waits for it. Idempotent; any thread.</summary>
    void Leave();
}
