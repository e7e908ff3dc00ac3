namespace Gala.Gossip;

/// <summary>What came of one exchange.</summary>
/// <param name="Mixed">The parameters were averaged with those of the in-peers, so whatever is derived from them is stale.</param>
/// <param name="Stop">The agent is to stop after this update.</param>
public readonly record struct GossipResult(bool Mixed, bool Stop);
