namespace Gala.Gossip;

/// <summary>An agent's local update, in place.</summary>
/// <param name="rank">The agent.</param>
/// <param name="update">Number of its update, from 1.</param>
/// <param name="parameters">x, shape [P]; updated.</param>
public delegate void LocalUpdate(int rank, long update, Span<float> parameters);
