namespace Gala.Measuring;

/// <summary>How fast a number of agents train together.</summary>
/// <param name="Agents">Number of agents.</param>
/// <param name="FramesPerSecond">Frames of all simulators.</param>
/// <param name="MixShare">Share of the exchanges in which messages were mixed in, mean over the agents; null where nobody exchanges anything.</param>
/// <param name="Staleness">How many updates behind the oldest message of a mix was, mean over the agents.</param>
/// <param name="Staleness99">The same of all but one in a hundred mixes at most, of the agent where that is most.</param>
/// <param name="Shares">What each agent's time went to, in order of rank.</param>
public sealed record TrainingMeasurement(int Agents, double FramesPerSecond, double? MixShare, double? Staleness, long? Staleness99, IReadOnlyList<AgentShares> Shares);
