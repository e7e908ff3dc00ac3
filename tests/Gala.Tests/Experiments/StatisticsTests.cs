using Gala.Environments;
using Gala.Experiments;

namespace Gala.Tests.Experiments;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8 }, 4.5)] // mean of 3 to 6
    [InlineData(new double[] { 100, 0, 3, 1, 2 }, 2)] // (0.75 x 1 + 2 + 0.75 x 3) / 2.5
    [InlineData(new double[] { 0, 12, 3 }, 4)] // (0.25 x 0 + 3 + 0.25 x 12) / 1.5
    [InlineData(new double[] { 1, 4 }, 2.5)]
    [InlineData(new double[] { 7 }, 7)]
    public void InterquartileMean_AnyNumberOfRuns_IsThatOfTheMiddleHalf(double[] runs, double expected) =>
        Assert.Equal(expected, Scores.OfOneTask(runs).Figure(Aggregate.InterquartileMean), 1e-12);

    [Fact]
    public void InterquartileMean_SeveralTasks_PoolsThemWithEqualWeights()
    {
        // One task with two runs counts as much as one with four: weights 2, 2 and 1, 1, 1, 1 of 8, of which the middle 4 are 2, 4, 5 and 8 (half).
        Scores scores = new([[8, 2], [0, 4, 5, 20]]);

        // sorted 0 (1), 2 (2), 4 (1), 5 (1), 8 (2), 20 (1); from 2 to 6: one of 2, 4, 5, one of 8
        Assert.Equal((2 + 4 + 5 + 8) / 4.0, scores.Figure(Aggregate.InterquartileMean), 1e-12);
        Assert.Equal((5 + 7.25) / 2, scores.Figure(Aggregate.Mean), 1e-12);
    }

    [Fact]
    public void Of_TwoRuns_HasTheEndsOfItsThreeResamples()
    {
        Interval interval = StratifiedBootstrap.Of(Scores.OfOneTask([0, 1]), Aggregate.Mean); // 0, 0.5 or 1; a quarter each of the ends

        Assert.Equal(new Interval(0.5, 0, 1), interval);
    }

    [Fact]
    public void Of_ManyRunsOfTwoTasks_IsWhatTheStandardErrorSays()
    {
        double[] first = [.. Enumerable.Range(0, 101).Select(i => i / 10.0)];
        double[] second = [.. Enumerable.Range(0, 101).Select(i => 50 + (i * 0.3))];
        double variance = (PopulationVariance(first) / first.Length) + (PopulationVariance(second) / second.Length);

        Interval interval = StratifiedBootstrap.Of(new Scores([first, second]), Aggregate.Mean);

        double half = 1.96 * Math.Sqrt(variance) / 2; // runs are resampled within tasks: the 50 between them do not count
        Assert.Equal(35, interval.Estimate, 1e-9);
        Assert.Equal(35 - half, interval.Low, 0.04 * half);
        Assert.Equal(35 + half, interval.High, 0.04 * half);
    }

    [Fact]
    public void OfDifference_ManyRuns_HasBothVariances()
    {
        double[] first = [.. Enumerable.Range(0, 100).Select(i => i / 10.0)];
        double[] second = [.. Enumerable.Range(0, 50).Select(i => i / 5.0)];
        double half = 1.96 * Math.Sqrt((PopulationVariance(first) / 100) + (PopulationVariance(second) / 50));

        Interval interval = StratifiedBootstrap.OfDifference(Scores.OfOneTask(first), Scores.OfOneTask(second), Aggregate.Mean);

        double difference = 4.95 - 4.9;
        Assert.Equal(difference, interval.Estimate, 1e-9);
        Assert.Equal(difference - half, interval.Low, 0.04 * half);
        Assert.Equal(difference + half, interval.High, 0.04 * half);
    }

    [Fact]
    public void Of_NormalRuns_CoversTheirMeanAsOftenAsItSays()
    {
        const int Experiments = 300;
        const int Runs = 30; // of fewer, percentile intervals are known to be too narrow
        StreamRandomSource random = new(seed: 5);
        foreach (Statistic statistic in (Statistic[])[Aggregate.Mean, Aggregate.InterquartileMean])
        {
            int covered = 0;
            for (int i = 0; i < Experiments; i++)
            {
                Scores scores = new([Normal(random, mean: 1, Runs), Normal(random, mean: 3, Runs)]);
                Interval interval = StratifiedBootstrap.Of(scores, statistic, resamples: 400);
                covered += interval.Low <= 2 && 2 <= interval.High ? 1 : 0;
            }

            Assert.InRange(covered / (double)Experiments, 0.91, 0.98); // both figures are 2, by symmetry; 0.95 less three standard errors
        }
    }

    [Fact]
    public void OfImprovement_PairsByHand_CountsTiesAsAHalf()
    {
        Interval one = StratifiedBootstrap.OfImprovement(Scores.OfOneTask([1, 2]), Scores.OfOneTask([1, 3])); // 1/2, 0, 1, 0
        Interval two = StratifiedBootstrap.OfImprovement(new Scores([[1, 2], [5, 5]]), new Scores([[1, 3], [5, 4]])); // and 3 of 4

        Assert.Equal(0.375, one.Estimate, 1e-12);
        Assert.Equal((0.375 + 0.75) / 2, two.Estimate, 1e-12);
        Assert.InRange(two.Low, 0, two.Estimate);
        Assert.InRange(two.High, two.Estimate, 1);
    }

    [Fact]
    public void OfImprovement_AllBetterOrTheSame_IsCertain()
    {
        Scores low = new([[1, 2, 3], [10, 11, 12]]), high = new([[4, 5], [13, 14]]);

        Assert.Equal(new Interval(1, 1, 1), StratifiedBootstrap.OfImprovement(high, low));
        Assert.Equal(new Interval(0, 0, 0), StratifiedBootstrap.OfImprovement(low, high));
        Assert.Equal(0.5, StratifiedBootstrap.OfImprovement(low, low).Estimate, 1e-12);
        Assert.Throws<ArgumentException>(() => StratifiedBootstrap.OfImprovement(low, Scores.OfOneTask([1])));
    }

    [Fact]
    public void OfImprovement_TwoNormalMethods_IsThatOfTheirDistance()
    {
        const double Expected = 0.760249939; // Φ(1/√2): P(X > Y) of unit normals whose means are 1 apart
        StreamRandomSource random = new(seed: 6);
        Interval interval = StratifiedBootstrap.OfImprovement(
            Scores.OfOneTask(Normal(random, mean: 1, runs: 60)), Scores.OfOneTask(Normal(random, mean: 0, runs: 60)));

        Assert.InRange(Expected, interval.Low, interval.High);
        Assert.InRange(interval.High - interval.Low, 0.1, 0.25); // a standard error of 0.043 by Hanley and McNeil 1982
    }

    [Fact]
    public void Of_EqualScoresInAnyOrder_RepeatsToTheBit()
    {
        Interval first = StratifiedBootstrap.Of(new Scores([[3, 1, 2], [9, 7]]), Aggregate.InterquartileMean);

        Assert.Equal(first, StratifiedBootstrap.Of(new Scores([[1, 2, 3], [7, 9]]), Aggregate.InterquartileMean));
    }

    [Fact]
    public void Of_ATaskWithOneRunOrNone_ClaimsNoInterval()
    {
        Assert.Equal(new Interval(6, double.NaN, double.NaN), StratifiedBootstrap.Of(new Scores([[1, 3], [10, double.NaN]]), Aggregate.Mean));
        Assert.Equal(Interval.None, StratifiedBootstrap.Of(new Scores([[1, 3], []]), Aggregate.Mean));
        Assert.Equal(Interval.None, StratifiedBootstrap.Of(new Scores([]), Aggregate.Mean));
        Assert.Equal(new Interval(-2, double.NaN, double.NaN),
            StratifiedBootstrap.OfDifference(Scores.OfOneTask([1]), Scores.OfOneTask([3, 3]), Aggregate.Mean));
        Assert.Equal(double.NaN, StratifiedBootstrap.OfImprovement(Scores.OfOneTask([]), Scores.OfOneTask([3, 3])).Estimate);
    }

    [Theory]
    [InlineData(12.34, 10, 14, "12.3 [10.0, 14.0]")]
    [InlineData(12.34, double.NaN, double.NaN, "12.3")]
    [InlineData(double.NaN, double.NaN, double.NaN, "none")]
    [InlineData(-0.01, -0.02, 0.26, "0.0 [0.0, 0.3]")]
    public void IntervalToText_OfEachKind_IsShort(double estimate, double low, double high, string expected) =>
        Assert.Equal(expected, new Interval(estimate, low, high).ToText());

    [Fact]
    public void ReturnScale_OfARandomAndAReference_IsZeroAndOneThere()
    {
        ReturnScale scale = new(Random: 0.5, Reference: 10.5);

        Assert.Equal([0, 1, -0.05, 2], new[] { 0.5, 10.5, 0, 20.5 }.Select(scale.Normalize).Select(value => Math.Round(value, 12)));
        Assert.False(new ReturnScale(3, 3).IsUsable);
    }

    private static double PopulationVariance(double[] values) => values.Average(value => Math.Pow(value - values.Average(), 2));

    /// <summary>Box and Muller 1958.</summary>
    private static double[] Normal(StreamRandomSource random, double mean, int runs) =>
        [.. Enumerable.Range(0, runs).Select(_ => mean + (Math.Sqrt(-2 * Math.Log(1 - random.Uniform())) * Math.Cos(2 * Math.PI * random.Uniform())))];
}
