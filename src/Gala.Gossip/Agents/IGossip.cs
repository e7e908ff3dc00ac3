namespace Gala.Gossip;

/// <summary>One agent's part in the gossip: what its training loop calls after every local update.</summary>
/// <remarks>An exchange is <see cref="Send"/>, then <see cref="TryMix"/> until it says yes. Neither ever waits: whoever is told no goes away, and
/// asks again after <see cref="WakeUp"/> or after <see cref="Patience"/>. Who has a thread to wait on uses
/// <see cref="GossipExchange.Exchange(IGossip, Span{float}, long, CancellationToken)"/>.</remarks>
public interface IGossip
{
    /// <summary>Counters that any thread may read.</summary>
    GossipStatistics Statistics { get; }

    /// <summary>Whether the others can go on if this agent leaves now, and not only stop with it. Agent's own thread.</summary>
    bool IsDispensable => false;

    /// <summary>Whether <see cref="TryMix"/> would find all that it is to mix: every in-peer has spoken since the last mix, or is absent. A hint for who
    /// decides which agent is next, and of no meaning before the first exchange. Never waits.</summary>
    bool HasHeardAll => true;

    /// <summary>How long whoever was told no by <see cref="TryMix"/> may wait for a wake-up before it asks again; without end where only a wake-up counts.</summary>
    TimeSpan Patience => Timeout.InfiniteTimeSpan;

    /// <summary>Called, by any thread, when <see cref="TryMix"/> may say yes where it said no before. It must not wait. To miss none: set it, then ask
    /// again. Before the first exchange.</summary>
    Action? WakeUp
    {
        set
        {
        }
    }

    /// <summary>First half of an exchange: sends the agent's parameters to its out-peers. Never waits. Agent's own thread only.</summary>
    /// <param name="parameters">x after the local update, shape [P].</param>
    /// <param name="update">The local update, whose number is higher at every call.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    void Send(Span<float> parameters, in CompletedUpdate update);

    /// <summary>Second half: averages in what the in-peers have sent. Never waits. Agent's own thread only.</summary>
    /// <param name="parameters">x after the local update, shape [P]; the average where <see cref="GossipResult.Mixed"/>, untouched otherwise.</param>
    /// <param name="update">The same as for <see cref="Send"/>.</param>
    /// <param name="result">What came of the exchange, if it is over.</param>
    /// <returns>Whether the exchange is over: false while something must come first.</returns>
    bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result);

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
