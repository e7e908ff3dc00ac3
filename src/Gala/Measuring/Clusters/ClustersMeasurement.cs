namespace Gala.Measuring.Clusters;

/// <summary>Clusters that differ in their size.</summary>
/// <param name="Topology">Name of their graph.</param>
/// <param name="Parameters">Of each message.</param>
/// <param name="MaxStaleness">τ; null for no bound.</param>
/// <param name="Updates">Of each agent.</param>
/// <param name="Seed">Of every random number.</param>
/// <param name="Clusters">One for each size.</param>
public sealed record ClustersMeasurement(
    string Topology, long Parameters, long? MaxStaleness, long Updates, ulong Seed, IReadOnlyList<ClusterMeasurement> Clusters);
