namespace Gala.Environments.Tests;

public class StepTimesTests
{
    private const int Draws = 40_000;
    private static readonly TimeSpan Mean = TimeSpan.FromMilliseconds(2);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(4)]
    public void Gamma_ManyDraws_HasItsMomentsAndStaysPositive(double shape)
    {
        double[] times = Seconds(StepTimes.Gamma(shape, Mean));
        double mean = Mean.TotalSeconds;
        double deviation = mean / Math.Sqrt(shape);
        double error = deviation / Math.Sqrt(Draws);
        Assert.InRange(times.Average(), mean - (4 * error), mean + (4 * error));
        Assert.Equal(deviation, Math.Sqrt(times.Average(time => Math.Pow(time - times.Average(), 2))), 0.05 * deviation);
        Assert.All(times, time => Assert.True(time >= 0));
    }

    [Fact]
    public void Exponential_ManyDraws_FollowsItsDistributionFunction() => AssertExponential(Seconds(StepTimes.Exponential(Mean)));

    [Fact]
    public void Gamma_OfShapeOne_FollowsTheExponentialDistributionFunction() => AssertExponential(Seconds(StepTimes.Gamma(1, Mean)));

    [Fact]
    public void Recorded_ManyDraws_TakesEachTimeEquallyOften()
    {
        double[] times = Seconds(StepTimes.Recorded([0.25, 0, 1.5]));
        foreach (double time in (double[])[0.25, 0, 1.5])
        {
            Assert.Equal(Draws / 3.0, times.Count(one => one == time), 4 * Math.Sqrt(Draws * 2 / 9.0));
        }
    }

    [Fact]
    public void Draw_SameAddress_IsTheSameInAnyOrder_AndDiffersBetweenSeedsAndSteps()
    {
        StepTimes times = StepTimes.Gamma(0.5, Mean);
        TimeSpan first = times.Draw(7, 3);
        Assert.NotEqual(first, times.Draw(7, 4));
        Assert.NotEqual(first, times.Draw(8, 3));
        Assert.Equal(first, times.Draw(7, 3));
    }

    [Fact]
    public void Create_BadSetting_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StepTimes.Gamma(0, Mean));
        Assert.Throws<ArgumentOutOfRangeException>(() => StepTimes.Exponential(-Mean));
        Assert.Throws<ArgumentException>(() => StepTimes.Recorded([]));
        Assert.Throws<ArgumentException>(() => StepTimes.Recorded([1, double.NaN]));
    }

    /// <summary>Kolmogorov's distance from 1 − exp(−x/μ), below its quantile of one in a thousand.</summary>
    private static void AssertExponential(double[] times)
    {
        Array.Sort(times);
        double distance = times.Select((time, i) => Math.Abs(1 - Math.Exp(-time / Mean.TotalSeconds) - ((i + 0.5) / Draws))).Max();
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(Draws));
    }

    private static double[] Seconds(StepTimes times) => [.. Enumerable.Range(0, Draws).Select(step => times.Draw(5, (ulong)step).TotalSeconds)];
}
