using Gala.Gossip;

namespace Gala.Runs;

/// <summary>How far the agents are from their mean: the ε-ball of the GALA paper, measured.</summary>
/// <param name="MaxDistance">Largest Euclidean distance of an agent's parameters from the mean.</param>
/// <param name="MeanDistance">Mean of those distances.</param>
/// <param name="RelativeDistance"><paramref name="MaxDistance"/> divided by the norm of the mean.</param>
/// <param name="Bound">β/(1 − β) · √n · U for lock-step gossip, U being the largest update norm seen so far.</param>
public sealed record ConsensusReport(double MaxDistance, double MeanDistance, double RelativeDistance, double Bound)
{
    /// <summary>A single agent agrees with itself.</summary>
    public static ConsensusReport None { get; } = new(0, 0, 0, 0);

    /// <summary>What was measured; <see cref="None"/> if nothing was.</summary>
    internal static ConsensusReport Of(ConsensusMeasurement? measurement) => measurement is null
        ? None
        : new ConsensusReport(measurement.MaxDistance, measurement.MeanDistance, measurement.RelativeDistance, measurement.Bound);
}
