namespace Gala.Gossip;

/// <summary>Tells what was decided in the exchanges of one agent, for a run that repeats them. Belongs to the agent's thread.</summary>
public interface IGossipScript
{
    /// <summary>The next event; null where nothing is known.</summary>
    GossipEvent? Next { get; }

    /// <summary>Goes on to what follows.</summary>
    void Advance();
}
