namespace Gala.Gossip;

/// <summary>One thing that chance decided in an exchange of an agent.</summary>
/// <param name="Kind">Kind of the event.</param>
/// <param name="Peer">Rank of the peer that it is about; 0 for none.</param>
/// <param name="Iteration">Iteration of the message that was taken; 0 for other kinds.</param>
public readonly record struct GossipEvent(GossipEventKind Kind, int Peer = 0, long Iteration = 0);
