using Gala.Reproductions;

namespace Gala.Tests.Reproductions;

public sealed class SeedStatisticsTests
{
    [Fact]
    public void Of_ThreeFigures_HasTheStandardErrorOfTheMean()
    {
        SeedStatistics statistics = SeedStatistics.Of([1, 2, 3, double.NaN]);

        Assert.Equal(2, statistics.Mean);
        Assert.Equal((1, 3), (statistics.Low, statistics.High));
        Assert.Equal(1 / Math.Sqrt(3), statistics.StandardError, 12);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 2, 4 }, 0)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 6, 7, 8 }, -1)]
    [InlineData(new double[] { 6, 7, 8 }, new double[] { 1, 2, 3 }, 1)]
    public void CompareBeyondScatter_TellsApartOnlyWhatIsFurtherApartThanItScatters(double[] one, double[] other, int expected) =>
        Assert.Equal(expected, SeedStatistics.Of(one).CompareBeyondScatter(SeedStatistics.Of(other)));
}
