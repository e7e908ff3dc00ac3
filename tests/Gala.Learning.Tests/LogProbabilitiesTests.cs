namespace Gala.Learning.Tests;

public sealed class LogProbabilitiesTests
{
    [Fact]
    public void OfActions_HandWorkedRows_GivesTheSameNumbers()
    {
        // Odds 1 : 3 and 6 : 2.
        float[] logits = [0, MathF.Log(3), MathF.Log(6), MathF.Log(2)];
        float[] result = new float[2];
        LogProbabilities.OfActions(logits, [1, 1], result);
        Assert.Equal(Math.Log(0.75), result[0], 1e-6);
        Assert.Equal(Math.Log(0.25), result[1], 1e-6);
    }

    [Fact]
    public void OfActions_HugeLogits_StaysFinite()
    {
        float[] result = new float[2];
        LogProbabilities.OfActions([1e30f, -1e30f, 1_000, 990], [0, 1], result);
        Assert.Equal(0, result[0]);
        Assert.Equal(-10 - Math.Log(1 + Math.Exp(-10)), result[1], 1e-5);
    }

    [Fact]
    public void OfActions_ResultTooShort_Throws() =>
        Assert.Contains("2 actions and 1 results", Assert.Throws<ArgumentException>(
            () => LogProbabilities.OfActions(new float[4], new int[2], new float[1])).Message, StringComparison.Ordinal);
}
