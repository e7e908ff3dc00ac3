using Gala.Figures;

namespace Gala.Measuring.Clusters;

/// <summary>What a cluster costs by its size, as a picture.</summary>
public static class ClusterCharts
{
    /// <summary>Distance, staleness, pace and bytes against the number of agents.</summary>
    /// <param name="measured">Clusters in order of size.</param>
    public static ChartSheet BySize(ClustersMeasurement measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return new ChartSheet($"A cluster's cost by its size, {measured.Topology}",
        [
            Chart("Distance from the mean", "update norms", Line("largest", cluster => cluster.MaxDistance), Line("mean", cluster => cluster.MeanDistance)),
            Chart("Staleness of mixes", "updates", Line("largest", cluster => cluster.Staleness.Max),
                Line("95%", cluster => cluster.Staleness.Percentile95), Line("mean", cluster => cluster.Staleness.Mean)),
            Chart("Pace", "share of time not waiting", Line("pace", cluster => cluster.Pace)),
            Chart("Traffic of one agent", "MB/s", Line("sent", cluster => cluster.BytesPerSecondPerAgent / 1e6)),
        ]);

        Series Line(string name, Func<ClusterMeasurement, double> value) =>
            new(name, [.. measured.Clusters.Select(cluster => ((double)cluster.Agents, value(cluster), value(cluster), value(cluster)))]);
    }

    private static Panel Chart(string title, string unit, params Series[] series) => new(title, "agents", unit, series) { LogarithmicX = true };
}
