namespace Gala.Gossip;

/// <summary>How far the agents were from their mean x̄ at one moment, in the Euclidean norm.</summary>
/// <param name="Distances">‖xᵢ − x̄‖ of every agent, in order of rank.</param>
/// <param name="RelativeDistance">The largest distance over ‖x̄‖; 0 where all agree.</param>
/// <param name="Bound">√n · U times the topology's <see cref="Topology.BoundFactor"/>; infinite where it does not contract.</param>
public sealed record ConsensusMeasurement(IReadOnlyList<double> Distances, double RelativeDistance, double Bound)
{
    /// <summary>Largest distance of an agent.</summary>
    public double MaxDistance => Distances.Max();

    /// <summary>Mean distance over the agents.</summary>
    public double MeanDistance => Distances.Average();
}
