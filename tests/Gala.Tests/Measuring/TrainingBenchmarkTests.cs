using Gala.Measuring;
using Gala.Runs;

namespace Gala.Tests.Measuring;

public sealed class TrainingBenchmarkTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_OneAndTwoAgents_SharesAreOfAllTheirTime(bool deterministic)
    {
        RunOptions options = new() { Environment = "classic/cartpole", Deterministic = deterministic };

        TrainingsMeasurement measured = TrainingBenchmark.Run(options, [1, 2], Short, Short);

        Assert.Equal("mlp", measured.Network);
        Assert.Equal([1, 2], measured.Trainings.Select(training => training.Agents));
        Assert.All(measured.Trainings, training =>
        {
            Assert.True(training.FramesPerSecond > 0);
            Assert.Equal(Enumerable.Range(0, training.Agents), training.Shares.Select(shares => shares.Rank));
            Assert.All(training.Shares, shares =>
            {
                double[] all = [shares.Act, shares.Simulate, shares.Learn, shares.Optimize, shares.Gossip, shares.Wait];
                Assert.All(all, share => Assert.InRange(share, 0, 1));
                Assert.All(all[..3], share => Assert.True(share > 0));
                Assert.Equal(1, all.Sum(), 1e-9);
            });
        });
    }

    [Fact]
    public void Run_OptionsThatCannotBe_AreRefused() =>
        Assert.Throws<InvalidOptionsException>(() => TrainingBenchmark.Run(new RunOptions { Environment = "chess" }, [1], Short, Short));

    [Fact]
    public void SharesSince_TwoMoments_AreOfTheTimeBetween()
    {
        AgentTimes before = new(Updates: 1, Seconds: [1, 2, 3, 4, 5], Waited: 3);
        AgentTimes after = new(Updates: 2, Seconds: [5, 3, 6, 5, 6], Waited: 3.5);

        Assert.Equal(new AgentShares(7, Act: 0.4, Simulate: 0.1, Learn: 0.3, Optimize: 0.1, Gossip: 0.05, Wait: 0.05), after.SharesSince(before, 7));
    }

    [Fact]
    public void SharesSince_AWaitThatGossipHasNotCountedYet_LeavesNothingNegative()
    {
        AgentTimes before = new(1, [0, 0, 0, 0, 0], 0), after = new(2, [1, 0, 1, 0, 2], 3);

        Assert.Equal(new AgentShares(0, 0.25, 0, 0.25, 0, Gossip: 0, Wait: 0.5), after.SharesSince(before, 0));
    }
}
