namespace Gala.Gossip;

/// <summary>A time in which an agent does nothing: what it would do then it does at the end, or never.</summary>
/// <param name="Rank">The agent.</param>
/// <param name="From">When it stops.</param>
/// <param name="Until">When it comes back; null if it has died, without a word.</param>
public sealed record Outage(int Rank, TimeSpan From, TimeSpan? Until = null);
