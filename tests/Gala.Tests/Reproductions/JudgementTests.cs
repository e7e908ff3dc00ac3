using Gala.Experiments;
using Gala.Reproductions;

namespace Gala.Tests.Reproductions;

public sealed class JudgementTests
{
    [Theory]
    [InlineData(0.01, 0.2, 0, Outcome.Holds)]
    [InlineData(-0.01, 0.2, 0, Outcome.Unclear)]
    [InlineData(-0.3, -0.1, 0, Outcome.DoesNotHold)]
    [InlineData(-0.04, -0.01, -0.05, Outcome.Holds)] // worse, by less than the margin
    [InlineData(-0.4, -0.06, -0.05, Outcome.DoesNotHold)]
    [InlineData(0, 0, 0, Outcome.DoesNotHold)] // no run differs
    [InlineData(double.NaN, double.NaN, 0, Outcome.Unclear)] // of one seed
    public void IsAbove_AnInterval_HoldsOnlyWhereAllOfItIs(double low, double high, double threshold, Outcome expected) =>
        Assert.Equal(expected, Judgement.IsAbove(new Interval((low + high) / 2, low, high), threshold));

    [Theory]
    [InlineData(Outcome.Holds, Outcome.Holds, Outcome.Holds)]
    [InlineData(Outcome.Holds, Outcome.Unclear, Outcome.Unclear)]
    [InlineData(Outcome.Unclear, Outcome.DoesNotHold, Outcome.DoesNotHold)]
    public void All_TwoClaims_HoldTogetherOnly(Outcome one, Outcome other, Outcome expected) => Assert.Equal(expected, Judgement.All(one, other));

    [Fact]
    public void SeedRange_OfFigures_LeavesOutWhatIsNotFinite()
    {
        Assert.Equal(new SeedRange(2, 1, 3), SeedRange.Of([1, 2, 3, double.NaN]));
        Assert.Equal("none", SeedRange.Of([double.NaN]).ToString());
    }

    [Fact]
    public void Compare_TwoMethods_NormalisesEachGameByItsTable()
    {
        Scores trained = Normalized.Of(["asterix", "breakout"], game => game == "asterix" ? [23.4, 23.4] : [16.8, 16.8]);
        Scores random = Normalized.Of(["asterix", "breakout"], game => game == "asterix" ? [0.49, 0.49] : [0.53, 0.53]);

        Assert.Equal(
            "Difference of normalised IQMs 1.000 [1.000, 1.000], of means 1.000 [1.000, 1.000]; probability of improvement 1.00 [1.00, 1.00].",
            Normalized.Compare(trained, random));
    }
}
