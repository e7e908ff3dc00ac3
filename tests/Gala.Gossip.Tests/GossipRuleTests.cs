namespace Gala.Gossip.Tests;

public sealed class GossipRuleTests
{
    [Fact]
    public void EveryUpdate_AnyUpdate_IsDue() => Assert.Equal([1, 2, 3], Due(new EveryUpdate(), 3));

    [Fact]
    public void EveryNth_OfFour_IsDueAtItsMultiples() => Assert.Equal([4, 8, 12], Due(new EveryNth(4), 13));

    [Theory]
    [InlineData(0.008, 4)] // ViT-B of the paper: H₀ 4, a 0.0175, peak rate 0.008
    [InlineData(0.004, 19)]
    [InlineData(0.002, 76)]
    [InlineData(0.001, 306)]
    [InlineData(0.02, 4)]
    [InlineData(0, long.MaxValue)]
    public void QuadraticRule_LearningRateOfThePaper_GivesItsPeriod(double learningRate, long period) =>
        Assert.Equal(period, new QuadraticRule(4, 0.0175).Period(learningRate));

    [Fact]
    public void QuadraticRule_FallingRate_KeepsAPeriodsLengthUntilItsEnd()
    {
        // H is 1 at rates of 1 and above, 4 at a half, 16 at a quarter; the rate falls in the middle of periods.
        double[] rates = [1, 1, 0.5, 0.25, 0.25, 0.25, 0.25, 0.5, 0.5];
        Assert.Equal([1, 2, 6, 22], Due(new QuadraticRule(1, 1), 22, number => rates[Math.Min(number - 1, rates.Length - 1)]));
    }

    [Fact]
    public void QuadraticRule_PeriodBeyondTheEnd_IsDueAtTheLastUpdate()
    {
        Assert.Equal([4, 8, 10], Due(new QuadraticRule(4, 1, lastUpdate: 10), 10, _ => 1));
        Assert.Equal([10], Due(new QuadraticRule(4, 1, lastUpdate: 10), 10, _ => 0));
        Assert.Equal([1, 2, 3], Due(new QuadraticRule(4, 1, lastUpdate: 1), 3, _ => 0)); // an agent that is given more updates than the others
    }

    [Fact]
    public void SignificantChange_OfZero_IsEveryUpdate() =>
        Assert.Equal(Enumerable.Range(1, 60), Due(new SignificantChange(0), 60, normOf: number => 1 + (number % 7)));

    [Fact]
    public void SignificantChange_SameNormForEver_IsDueWhileTheWindowFills() =>
        Assert.Equal(Enumerable.Range(1, 25), Due(new SignificantChange(1e-9), 60, normOf: _ => 3));

    [Fact]
    public void SignificantChange_ChangesByHand_AreSmoothedAsAMean()
    {
        // 24 changes of 0 in the window, then the norm doubles: one change of 1, so the mean of k changes is 1 / k: 0.04 at update 26, and
        // 0.03 is passed after 33 changes, at update 34.
        Assert.Equal(Enumerable.Range(1, 34), Due(new SignificantChange(0.03), 60, normOf: number => number <= 25 ? 1 : 2));

        // From the hundredth change on an old one loses a hundredth of its weight with each: 0.01 · 0.99ᵏ is below 0.0095 from k = 6 on.
        Assert.Equal(Enumerable.Range(1, 106), Due(new SignificantChange(0.0095), 200, normOf: number => number <= 25 ? 1 : 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void SignificantChange_NormThatGivesNoChange_IsDueAndForgotten(double norm)
    {
        int[] due = Due(new SignificantChange(0.5), 60, normOf: number => number == 40 ? norm : 1);
        Assert.Equal([.. Enumerable.Range(1, 25), .. norm == 0 ? [41] : (int[])[40, 41]], due); // from 1 to 0 is a change of 1 in a mean of 39
    }

    [Theory]
    [InlineData("qsr=2/1")]
    [InlineData("significant=0.4")]
    [InlineData("every=3")]
    public void State_SavedAtAnyUpdate_GoesOnAlike(string text)
    {
        for (int cut = 0; cut < 40; cut++)
        {
            IGossipRule whole = Create(text);
            IGossipRule first = Create(text);
            IGossipRule second = Create(text);
            Assert.Equal(Due(whole, 60, Rate, Norm), Due(first, cut, Rate, Norm).Concat(DueAfter(first, second, cut)));
        }

        static double Rate(int number) => 1.0 / number;
        static double Norm(int number) => 1 + (number * 7919 % 13);
        static IEnumerable<int> DueAfter(IGossipRule first, IGossipRule second, int cut)
        {
            using MemoryStream stream = new();
            first.SaveState(new BinaryWriter(stream));
            stream.Position = 0;
            second.LoadState(new BinaryReader(stream));
            return Due(second, 60, Rate, Norm, cut + 1);
        }
    }

    [Theory]
    [InlineData("every", typeof(EveryUpdate))]
    [InlineData("every=1", typeof(EveryNth))]
    [InlineData("qsr=4/0.0175", typeof(QuadraticRule))]
    [InlineData("qsr=4/1e-3", typeof(QuadraticRule))]
    [InlineData("significant=0", typeof(SignificantChange))]
    public void TryCreate_GoodText_GivesItsRule(string text, Type type) => Assert.IsType(type, Create(text));

    [Theory]
    [InlineData("")]
    [InlineData("never")]
    [InlineData("every=0")]
    [InlineData("every=-1")]
    [InlineData("every=1/2")]
    [InlineData("every=")]
    [InlineData("Every")]
    [InlineData("qsr")]
    [InlineData("qsr=4")]
    [InlineData("qsr=4/0")]
    [InlineData("qsr=0/1")]
    [InlineData("qsr=4/NaN")]
    [InlineData("qsr=4/1e999")]
    [InlineData("significant")]
    [InlineData("significant=-0.1")]
    [InlineData("significant=0.1/2")]
    public void TryCreate_BadText_GivesNone(string text) => Assert.False(GossipRules.TryCreate(text, 100, out _));

    [Fact]
    public void Constructors_SettingsOutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EveryNth(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuadraticRule(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuadraticRule(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignificantChange(-1));
    }

    private static IGossipRule Create(string text) =>
        GossipRules.TryCreate(text, 1_000, out IGossipRule? rule) ? rule : throw new ArgumentException(text);

    private static int[] Due(
        IGossipRule rule, int last, Func<int, double>? rateOf = null, Func<int, double>? normOf = null, int first = 1) =>
        [.. Enumerable.Range(first, Math.Max(0, last - first + 1))
            .Where(number => rule.IsDue(new CompletedUpdate(number, rateOf?.Invoke(number) ?? 0.1, normOf?.Invoke(number) ?? 1)))];
}
