namespace Gala.Architectures;

/// <summary>Why an agent stopped.</summary>
/// <param name="Rank">The agent.</param>
/// <param name="Exception">What it threw.</param>
internal sealed record AgentFailure(int Rank, Exception Exception);
