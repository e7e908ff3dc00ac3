namespace Gala.Gossip.Tests;

public sealed class ConsensusMonitorTests
{
    [Fact]
    public void Measure_TwoAgents_GivesTheHandWorkedDistances()
    {
        float[][] agents = [[0, 0], [6, 8]];
        ConsensusMeasurement measurement = new ConsensusMonitor(new RingTopology(2)).Measure(rank => agents[rank]);
        Assert.Equal([5.0, 5], measurement.Distances);
        Assert.Equal((5, 5, 1), (measurement.MaxDistance, measurement.MeanDistance, measurement.RelativeDistance));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 511)]
    [InlineData(4, 513)]
    [InlineData(5, 2_000)]
    public void Measure_AnyLength_EqualsTheNaiveDistances(int agents, int length)
    {
        float[][] vectors = LockStepRun.Draw(agents, length, seed: 6);
        double[] mean = LockStepRun.Mean(vectors);
        double[] expected = [.. vectors.Select(vector => Math.Sqrt(vector.Zip(mean, (x, m) => (x - m) * (x - m)).Sum()))];
        ConsensusMeasurement measurement = new ConsensusMonitor(new CompleteTopology(agents)).Measure(rank => vectors[rank]);
        Assert.All(expected.Zip(measurement.Distances), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(expected.Max() / Math.Sqrt(mean.Sum(m => m * m)), measurement.RelativeDistance, 1e-12);
        Assert.Equal(expected.Average(), measurement.MeanDistance, 1e-12);
    }

    [Fact]
    public void Measure_SmallDifferencesOfLargeNumbers_AreNotLost()
    {
        float[][] vectors = [[.. Enumerable.Repeat(16_777_214f, 10_000)], [.. Enumerable.Repeat(16_777_216f, 10_000)]];
        ConsensusMeasurement measurement = new ConsensusMonitor(new RingTopology(2)).Measure(rank => vectors[rank]);
        Assert.Equal(100, measurement.MaxDistance, 1e-9); // √10,000 · 1
    }

    [Fact]
    public void Measure_AllZero_HasNoRelativeDistance()
    {
        ConsensusMeasurement measurement = new ConsensusMonitor(new RingTopology(3)).Measure(_ => new float[4]);
        Assert.Equal((0, 0), (measurement.MaxDistance, measurement.RelativeDistance));
    }

    [Fact]
    public void Measure_LengthsDiffer_Throws() => Assert.Throws<ArgumentException>(
        () => new ConsensusMonitor(new RingTopology(2)).Measure(rank => new float[3 + rank]));

    [Fact]
    public void Bound_WithTheLargestUpdateOfAnyAgent_IsTheFormula()
    {
        ConsensusMonitor monitor = new(new RingTopology(4));
        Assert.Equal(0, monitor.Bound);
        monitor.RecordUpdate(0, 0.1);
        monitor.RecordUpdate(3, 0.4);
        monitor.RecordUpdate(3, 0.2);
        Assert.Equal(0.4, monitor.LargestUpdateNorm);
        double contraction = Math.Sqrt(0.5);
        Assert.Equal(contraction / (1 - contraction) * 2 * 0.4, monitor.Bound, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Bound_WhereOneRoundAgrees_IsZero(int agents)
    {
        ConsensusMonitor monitor = new(new RingTopology(agents));
        monitor.RecordUpdate(0, 1);
        Assert.Equal(0, monitor.Bound);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void RecordUpdate_OfNoAgent_Throws(int rank) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConsensusMonitor(new RingTopology(2)).RecordUpdate(rank, 1));
}
