namespace Gala.Measuring;

/// <summary>How fast a number of agents train together.</summary>
/// <param name="Agents">Number of agents, a thread each.</param>
/// <param name="FramesPerSecond">Frames of all simulators.</param>
/// <param name="Shares">What each agent's time went to, in order of rank.</param>
public sealed record TrainingMeasurement(int Agents, double FramesPerSecond, IReadOnlyList<AgentShares> Shares);
