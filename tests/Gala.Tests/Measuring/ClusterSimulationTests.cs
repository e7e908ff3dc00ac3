using Gala.Gossip;
using Gala.Measuring.Clusters;

namespace Gala.Tests.Measuring;

public sealed class ClusterSimulationTests
{
    /// <summary>10 ms for an update, 1 ms for a message.</summary>
    private static readonly ClusterOptions Even = new()
    {
        Compute = DurationDistribution.Constant(TimeSpan.FromMilliseconds(10)),
        Delay = DurationDistribution.Constant(TimeSpan.FromMilliseconds(1)),
        Updates = 100,
        Parameters = 1_000,
    };

    [Fact]
    public void Run_EvenAgents_MixTheUpdateBeforeAndSendAHundredMessagesASecond()
    {
        ClusterMeasurement cluster = ClusterSimulation.Run(Even, new RingTopology(4));
        Assert.Equal(new StalenessSummary(1, 1, 1), cluster.Staleness);
        Assert.Equal((0, 0, 1.0), (cluster.WaitShare, cluster.TimeOuts, cluster.Pace));
        Assert.Equal(100, cluster.UpdatesPerSecond, 1e-9);
        Assert.Equal(100 * 4_016, cluster.BytesPerSecondPerAgent, 1e-6);
        Assert.Equal(4 * 100 * 4_016, cluster.BytesPerSecond, 1e-6);
        Assert.Equal(1, cluster.VirtualSeconds, 1e-9);
    }

    [Fact]
    public void Run_Synchronous_WaitsForEveryMessage()
    {
        ClusterMeasurement cluster = ClusterSimulation.Run(Even with { MaxStaleness = 0 }, new RingTopology(4));
        Assert.Equal(new StalenessSummary(0, 0, 0), cluster.Staleness);
        Assert.Equal(1, cluster.WaitShare);
        Assert.Equal(10 / 11.0, cluster.Pace, 1e-9);
    }

    [Fact]
    public void Run_Synchronous_HasTheDistanceOfLockStep()
    {
        // With updates of norm 1 in random directions the mean square of the distances before a mix is Σ 1 / (1 − |λ|²) / n over λ₁ … λ₇, on a ring
        // Σ csc²(πk/8) / 8 = (8² − 1) / 3 / 8; after it, 7/8 less. When distances are taken, the first agent has mixed and the others are about to.
        double before = 63 / 24.0;
        ClusterMeasurement cluster = ClusterSimulation.Run(Even with { MaxStaleness = 0, Updates = 1_000 }, new RingTopology(8));
        Assert.Equal(((7 * Math.Sqrt(before)) + Math.Sqrt(before - (7 / 8.0))) / 8, cluster.MeanDistance, 0.05);
        Assert.InRange(cluster.MaxDistance, cluster.MeanDistance, Math.Sqrt(8) * cluster.Bound!.Value);
        Assert.Equal(Math.Cos(Math.PI / 8) / (1 - Math.Cos(Math.PI / 8)), cluster.Bound.Value, 1e-9);
    }

    [Fact]
    public void Run_OneSlowAgentUnderABound_TakesItsTime()
    {
        ClusterMeasurement cluster = ClusterSimulation.Run(Even with { SlowAgents = 1, Slowness = 10, MaxStaleness = 2 }, new RingTopology(4));
        Assert.Equal(10, cluster.VirtualSeconds, 1e-9);
        Assert.InRange(cluster.Pace, 0.25, 0.4); // one works all of the time, the others a tenth
    }

    [Fact]
    public void Run_ALossyNetwork_LosesItsShare()
    {
        ClusterMeasurement cluster = ClusterSimulation.Run(Even with { Loss = 0.2 }, new ExponentialTopology(16));
        Assert.Equal(4, cluster.InPeers);
        Assert.Equal(0.2, cluster.LostShare, 0.02); // four standard deviations of 6,400 messages
        Assert.True(cluster.Staleness.Max > 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_Twice_IsTheSame(bool pushSum)
    {
        ClusterOptions options = new() { PushSum = pushSum, Updates = 50, Parameters = 1 };
        ExponentialTopology topology = new(16);
        Assert.Equal(ClusterSimulation.Run(options, topology), ClusterSimulation.Run(options, topology));
        Assert.NotEqual(ClusterSimulation.Run(options, topology), ClusterSimulation.Run(options with { Seed = 1 }, topology));
    }

    [Fact]
    public void Run_OneAgent_IsAtTheMean()
    {
        ClusterMeasurement cluster = ClusterSimulation.Run(Even, new RingTopology(1));
        Assert.Equal((0, 0, 0), (cluster.MaxDistance, cluster.BytesPerSecond, cluster.InPeers));
    }

    [Fact]
    public void Summary_OfCounts_IsWorkedByHand()
    {
        StalenessSummary summary = StalenessSummary.Of(new SortedDictionary<long, long> { [-2] = 10, [0] = 85, [3] = 4, [7] = 1 });
        Assert.Equal(new StalenessSummary((-20 + 12 + 7) / 100.0, 0, 7), summary);
        Assert.Equal(3, StalenessSummary.Of(new SortedDictionary<long, long> { [0] = 94, [3] = 5, [7] = 1 }).Percentile95);
        Assert.Equal(new StalenessSummary(0, 0, 0), StalenessSummary.Of([]));
    }

    [Fact]
    public void RandomDirections_OfDifferentUpdates_HaveNormOneAndDiffer()
    {
        float[] first = new float[RandomDirections.Length], second = new float[RandomDirections.Length];
        RandomDirections.Add(seed: 1, rank: 2, update: 3, first);
        RandomDirections.Add(seed: 1, rank: 2, update: 4, second);
        Assert.Equal(1, first.Sum(value => value * value));
        Assert.InRange(Math.Abs(first.Zip(second, (a, b) => a * b).Sum()), 0, 0.5); // standard deviation 1/8
    }
}
