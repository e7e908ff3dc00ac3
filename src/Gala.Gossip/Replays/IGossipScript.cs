namespace Gala.Gossip;

/// <summary>What was decided in the exchanges of one agent, for a run that repeats them. Belongs to the agent's thread.</summary>
public interface IGossipScript
{
    /// <summary>What is to happen next; null where nothing is known.</summary>
    GossipEvent? Next { get; }

    /// <summary>Goes on to what follows.</summary>
    void Advance();
}
