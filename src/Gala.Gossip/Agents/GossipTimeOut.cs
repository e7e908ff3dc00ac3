namespace Gala.Gossip;

/// <summary>An in-peer was given up: nothing came from it for too long.</summary>
/// <param name="Rank">The agent that waited.</param>
/// <param name="Peer">The in-peer that kept silent.</param>
/// <param name="Update">The waiting agent's update.</param>
/// <param name="LastIteration">The silent peer's last known update; the update before the waiting agent's first if none ever came.</param>
/// <param name="Waited">How long the agent waited.</param>
public readonly record struct GossipTimeOut(int Rank, int Peer, long Update, long LastIteration, TimeSpan Waited);
