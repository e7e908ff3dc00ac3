using Gala.Measuring.Clusters;

namespace Gala.Cli.Display;

/// <summary>What <c>gala simulate</c> found, a row a size.</summary>
internal static class ClusterTable
{
    private static readonly string[] Names =
        [" agents", " largest", " mean", " bound", " stale", " 95%", " worst", " waits", " pace", " MB/s", " GB/s"];

    public static void Write(GalaConsole console, ClustersMeasurement measured)
    {
        MeasurementTable.Write(console, Names, measured.Clusters.Select(Row));
        console.Out.WriteLine("largest, mean: distance of an agent from the mean of all, in norms of one update,");
        console.Out.WriteLine("over the second half of the run. bound: of the mean, in lock-step.");
        console.Out.WriteLine("stale, 95%, worst: age of the oldest message of a mix, in updates.");
        console.Out.WriteLine("waits: share of exchanges that waited. pace: share of time not spent waiting.");
        console.Out.WriteLine("MB/s, GB/s: what an agent and all agents send, in a second of the cluster's time.");
    }

    private static string[] Row(ClusterMeasurement cluster) =>
    [
        NumberText.Whole(cluster.Agents),
        NumberText.Return(cluster.MaxDistance),
        NumberText.Return(cluster.MeanDistance),
        NumberText.Return(cluster.Bound),
        NumberText.Return(cluster.Staleness.Mean),
        NumberText.Whole(cluster.Staleness.Percentile95),
        NumberText.Whole(cluster.Staleness.Max),
        NumberText.WholePercent(cluster.WaitShare),
        NumberText.WholePercent(cluster.Pace),
        NumberText.Return(cluster.BytesPerSecondPerAgent / 1e6),
        NumberText.Return(cluster.BytesPerSecond / 1e9),
    ];
}
