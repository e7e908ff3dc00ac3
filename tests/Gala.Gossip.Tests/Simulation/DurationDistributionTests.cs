namespace Gala.Gossip.Tests;

public sealed class DurationDistributionTests
{
    [Theory]
    [InlineData("constant/2ms", 0.002, 0)]
    [InlineData("uniform/1s/3s", 2, 0.57735)] // width / √12
    [InlineData("exponential/20ms", 0.02, 0.02)]
    [InlineData("lognormal/0.5/20ms", 0.02, 0.010658)] // mean · √(e^(σ²) − 1)
    [InlineData("lognormal/0/250us", 0.00025, 0)]
    public void Draw_ManyTimes_HasTheMeanAndDeviationOfItsName(string text, double mean, double deviation)
    {
        DurationDistribution distribution = DurationDistribution.TryParse(text)!;
        double[] seconds = [.. Enumerable.Range(0, 20_000)
            .Select(i => distribution.Draw(SimulationDraw.Delay.Uniforms(seed: 7, sender: 1, receiver: 2, i)).TotalSeconds)];
        double average = seconds.Average();
        Assert.Equal(mean, distribution.Mean.TotalSeconds, 1e-6);
        Assert.Equal(mean, average, 1e-9 + (5 * deviation / Math.Sqrt(seconds.Length)));
        Assert.Equal(deviation, Math.Sqrt(seconds.Average(value => Math.Pow(value - average, 2))), 1e-9 + (0.05 * deviation));
        Assert.All(seconds, value => Assert.True(value >= 0));
    }

    [Fact]
    public void LogNormal_Median_IsBelowTheMeanByHalfTheVariance() =>
        Assert.Equal(2 * Math.Exp(-0.5), DurationDistribution.LogNormal(1, TimeSpan.FromSeconds(2)).Draw((0.5, 0.25)).TotalSeconds, 1e-6);

    [Theory]
    [InlineData("")]
    [InlineData("2ms")]
    [InlineData("constant")]
    [InlineData("constant/2")]
    [InlineData("constant/-2ms")]
    [InlineData("uniform/3s/1s")]
    [InlineData("exponential/NaNs")]
    [InlineData("lognormal/0.5")]
    [InlineData("lognormal/0.5/20ms/1")]
    public void TryParse_AnythingElse_IsNull(string text) => Assert.Null(DurationDistribution.TryParse(text));
}
