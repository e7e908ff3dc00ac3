namespace Gala.Measuring;

/// <summary>What the time of one agent went to, as shares of 1 that add up to 1.</summary>
/// <param name="Rank">The agent.</param>
/// <param name="Act">Forward passes and drawing actions, and packing the weights that an update changed.</param>
/// <param name="Simulate">Stepping simulators.</param>
/// <param name="Learn">Returns, loss and backward pass.</param>
/// <param name="Optimize">Clipping and the optimiser.</param>
/// <param name="Gossip">Publishing and mixing parameters.</param>
/// <param name="Wait">For other agents: in lock-step, or within a bound on staleness.</param>
public sealed record AgentShares(int Rank, double Act, double Simulate, double Learn, double Optimize, double Gossip, double Wait);
