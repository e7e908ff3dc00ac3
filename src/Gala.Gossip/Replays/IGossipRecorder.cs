namespace Gala.Gossip;

/// <summary>Hears what chance decides in the exchanges of one agent, in the order in which it is decided.</summary>
public interface IGossipRecorder
{
    /// <summary>Takes one of them down. On the agent's thread, in its loop of training: it neither waits nor allocates.</summary>
    void Note(in GossipEvent decided);
}
