namespace Gala.Gossip;

/// <summary>Parameters of one agent, shape [P], that nobody writes meanwhile.</summary>
/// <param name="rank">0 to n − 1.</param>
public delegate ReadOnlySpan<float> ParametersOf(int rank);
