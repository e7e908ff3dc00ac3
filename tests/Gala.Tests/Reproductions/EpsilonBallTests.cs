using Gala.Reproductions;
using Gala.Tests.Runs;

namespace Gala.Tests.Reproductions;

public sealed class EpsilonBallTests
{
    [Fact]
    public void Run_AFewRounds_KeepsItsBoundsInEveryCaseAndTellsOfEach()
    {
        using TemporaryFolder folder = new();
        IReproduction reproduction = ReproductionList.All.Single(candidate => candidate.Name == "epsilon-ball");

        ReproductionReport report = reproduction.Run(
            new ReproductionSettings { Folder = folder["out"], Quick = true, Seeds = 1, Frames = 800 }, _ => { }, CancellationToken.None);

        Assert.Equal(Outcome.Holds, report.Verdicts[0].Outcome);
        Assert.Equal(16, report.Tables[0].Rows.Count); // (1 + 3 graphs) x 2 rates x 2 delays
        Assert.All(report.Tables[0].Rows, row => Assert.Equal("yes", row[^1]));
        Assert.All(report.Charts, chart => Assert.DoesNotContain("NaN", chart.Picture.ToSvg(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1.0, 2, 3, true)]
    [InlineData(2.5, 2, 3, false)] // over proposition 1's bound
    [InlineData(2.5, 4, 2, false)] // over the radius
    [InlineData(2.5, 2.4, 3, true)] // by less than rounding
    public void Holds_DistanceAgainstBothBounds_IsAsTheSmallerSays(double distance, double tracking, double radius, bool holds)
    {
        BallTrace trace = new(new BallCase("ring", 4, 1, 0), [new BallPoint(1, 0, 1, 0), new BallPoint(2, distance, tracking, Rounding: 0.2)], 1, radius);

        Assert.Equal(holds, trace.Holds);
    }
}
