namespace Gala.Gossip;

/// <summary>One agent's end of a transport. Nothing here waits, and nothing allocates once running. For one thread at a time, but for <see cref="Leave"/>.</summary>
public interface IGossipEndpoint
{
    /// <summary>0 to n − 1.</summary>
    int Rank { get; }

    /// <summary>Called, by any thread, when something has come from an in-peer or one has left. It must not wait. Before anything is received; a transport
    /// whose agents are told otherwise may never call it.</summary>
    Action? WakeUp
    {
        set
        {
        }
    }

    /// <summary>Sends a copy of the parameters to every out-peer of that iteration; a message not yet taken is replaced.</summary>
    /// <param name="parameters">Shape [P].</param>
    /// <param name="iteration">The sender's update, higher at every call.</param>
    /// <param name="weight">What <see cref="GossipMessage.Weight"/> of each message is to be.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    void Publish(ReadOnlySpan<float> parameters, long iteration, double weight = 1);

    /// <summary>The message to an out-peer that the last publish took back because it had not been taken; not <see cref="GossipMessage.Exists"/> if none.</summary>
    /// <remarks>For push-sum, whose weights must not get lost. A transport that never replaces a message has none to give back.</remarks>
    /// <exception cref="ArgumentException">This agent never sends to <paramref name="outPeer"/>.</exception>
    GossipMessage Replaced(int outPeer);

    /// <summary>Takes the newest message of an in-peer into <see cref="Received"/>; false if none came since the last one taken.</summary>
    /// <exception cref="ArgumentException"><paramref name="inPeer"/> never sends to this agent.</exception>
    bool TryReceive(int inPeer);

    /// <summary>The message of an in-peer that was taken last; valid until the next one is taken from it.</summary>
    /// <exception cref="ArgumentException"><paramref name="inPeer"/> never sends to this agent.</exception>
    GossipMessage Received(int inPeer);

    /// <summary>Whether <see cref="TryReceive"/> would find something, or the in-peer has left. Changes nothing.</summary>
    /// <exception cref="ArgumentException"><paramref name="inPeer"/> never sends to this agent.</exception>
    bool HasNews(int inPeer);

    /// <summary>Whether an in-peer has left. Its last message may still be there: ask first, then receive.</summary>
    /// <exception cref="ArgumentException"><paramref name="inPeer"/> never sends to this agent.</exception>
    bool HasLeft(int inPeer);

    /// <summary>Tells the out-peers that nothing comes from here any more. Idempotent.</summary>
    void Leave();
}
