namespace Gala.Gossip;

/// <summary>One thing that chance decided in an exchange of an agent.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Peer">Rank of the peer that it is about; 0 for none.</param>
/// <param name="Iteration">Of the message that was taken; of no meaning elsewhere.</param>
public readonly record struct GossipEvent(GossipEventKind Kind, int Peer = 0, long Iteration = 0);
