namespace Gala.Gossip;

/// <summary>Which messages of one edge were taken, in their order. Belongs to the sender's thread.</summary>
public interface IEdgeScript
{
    /// <summary>Iteration of the next message that was taken; null if no other was.</summary>
    long? NextTaken { get; }

    /// <summary>Goes on to the one after it.</summary>
    void Advance();
}
