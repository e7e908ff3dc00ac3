namespace Gala.Gossip;

/// <summary>A message was refused, since its numbers are not all finite or its header is impossible: it was not mixed.</summary>
/// <param name="Rank">The agent that got it.</param>
/// <param name="Peer">The agent that it came from.</param>
/// <param name="Update">The receiving agent's update.</param>
public readonly record struct GossipRefusal(int Rank, int Peer, long Update);
