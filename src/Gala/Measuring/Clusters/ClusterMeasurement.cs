namespace Gala.Measuring.Clusters;

/// <summary>What became of a simulated cluster. Distances are in units of the norm of one agent's update.</summary>
/// <param name="Agents">n.</param>
/// <param name="InPeers">The most in-peers that an agent has in one round.</param>
/// <param name="MaxDistance">Largest distance of an agent from the mean of all, over the second half of the run.</param>
/// <param name="MeanDistance">Mean distance, over agents and the second half of the run.</param>
/// <param name="Bound">β / (1 − β): in lock-step no less than the root mean square of the agents' distances, and so than their mean; null where it is not known.</param>
/// <param name="Staleness">How far behind the oldest message of a mix was, in updates.</param>
/// <param name="WaitShare">Share of the exchanges that had to wait for an in-peer.</param>
/// <param name="TimeOuts">Times that an in-peer was given up.</param>
/// <param name="Pace">Share of the agents' time that is not spent waiting: updates a second beside those without communication.</param>
/// <param name="UpdatesPerSecond">Of each agent on average, in virtual time.</param>
/// <param name="BytesPerSecondPerAgent">What an agent sends, in virtual time.</param>
/// <param name="BytesPerSecond">What all agents send.</param>
/// <param name="LostShare">Share of the messages that were lost.</param>
/// <param name="VirtualSeconds">Until the last agent had made its updates.</param>
public sealed record ClusterMeasurement(
    int Agents,
    int InPeers,
    double MaxDistance,
    double MeanDistance,
    double? Bound,
    StalenessSummary Staleness,
    double WaitShare,
    long TimeOuts,
    double Pace,
    double UpdatesPerSecond,
    double BytesPerSecondPerAgent,
    double BytesPerSecond,
    double LostShare,
    double VirtualSeconds);
