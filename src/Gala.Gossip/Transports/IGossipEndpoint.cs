namespace Gala.Gossip;

/// <summary>One agent's end of a transport. Nothing here waits, and nothing allocates once running. Agent's own thread only, but for <see cref="Leave"/>.</summary>
public interface IGossipEndpoint
{
    /// <summary>0 to n − 1.</summary>
    int Rank { get; }

    /// <summary>Sends a copy of the parameters to every out-peer of that iteration; a message not yet taken is replaced.</summary>
    /// <param name="parameters">Shape [P].</param>
    /// <param name="iteration">The sender's update, higher at every call.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    void Publish(ReadOnlySpan<float> parameters, long iteration);

    /// <summary>Takes the newest message of an in-peer into <see cref="Received"/>; false if none came since the last one taken.</summary>
    /// <exception cref="ArgumentException"><paramref name="inPeer"/> never sends to this agent.</exception>
    bool TryReceive(int inPeer);

    /// <summary>The message of an in-peer that was taken last; valid until the next one is taken from it.</summary>
    /// <exception cref="ArgumentException"><paramref name="inPeer"/> never sends to this agent.</exception>
    GossipMessage Received(int inPeer);

    /// <summary>Whether an in-peer has left. Its last message may still be there: ask first, then receive.</summary>
    /// <exception cref="ArgumentException"><paramref name="inPeer"/> never sends to this agent.</exception>
    bool HasLeft(int inPeer);

    /// <summary>Tells the out-peers that nothing comes from here any more. Idempotent.</summary>
    void Leave();
}
