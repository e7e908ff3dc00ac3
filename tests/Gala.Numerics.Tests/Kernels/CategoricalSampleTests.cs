namespace Gala.Numerics.Tests;

public sealed class CategoricalSampleTests
{
    private const float JustBelowOne = 1 - (1f / (1 << 24));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(18)]
    [InlineData(65)]
    public void CategoricalSample_EvenlySpacedUniforms_GivesEachActionItsShare(int actions)
    {
        const int Draws = 10_000;
        float[] logits = Padded.Input(actions, seed: actions, low: -2, high: 2).ToArray();
        float[] uniforms = [.. Enumerable.Range(0, Draws).Select(i => (i + 0.5f) / Draws)];
        int[] chosen = new int[Draws];
        Kernels.CategoricalSample(Repeat(logits, Draws), uniforms, chosen);
        double total = logits.Sum(logit => Math.Exp(logit));
        Assert.Equal(chosen.Order(), chosen); // the inverse of a distribution function never falls
        for (int action = 0; action < actions; action++)
        {
            double expected = Draws * Math.Exp(logits[action]) / total;
            Assert.InRange(chosen.Count(a => a == action), expected - 1.01, expected + 1.01);
        }
    }

    [Fact]
    public void CategoricalSample_ForbiddenAction_IsNeverDrawn()
    {
        foreach (float forbidden in new[] { float.NegativeInfinity, -1e30f, -200f })
        {
            float[] row = [forbidden, 0.3f, forbidden, -0.2f, forbidden];
            float[] uniforms = [0, float.Epsilon, 0.2f, 0.6224f, 0.62246f, 0.9f, JustBelowOne];
            int[] chosen = new int[uniforms.Length];
            Kernels.CategoricalSample(Repeat(row, uniforms.Length), uniforms, chosen);
            Assert.All(chosen, action => Assert.True(action is 1 or 3));
            Assert.Equal((1, 3), (chosen[0], chosen[^1]));
        }
    }

    [Fact]
    public void CategoricalSample_LargestUniform_DrawsTheLastPossibleAction()
    {
        for (int seed = 0; seed < 2_000; seed++) // many totals, since the threshold is rounded
        {
            float[] row = [.. Padded.Input(17, seed, low: -3, high: 3).ToArray(), float.NegativeInfinity];
            int[] chosen = new int[1];
            Kernels.CategoricalSample(row, [JustBelowOne], chosen);
            Assert.Equal(16, chosen[0]);
        }
    }

    [Fact]
    public void CategoricalSample_AnyBits_StaysInRange()
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0, -0f, 1e-40f];
        System.Random random = new(9);
        float[] logits = new float[17 * 3], uniforms = new float[17];
        int[] chosen = new int[17];
        for (int trial = 0; trial < 500; trial++)
        {
            foreach (ref float logit in logits.AsSpan())
            {
                logit = odd[random.Next(odd.Length)];
            }

            foreach (ref float uniform in uniforms.AsSpan())
            {
                uniform = random.Next(3) == 0 ? odd[random.Next(odd.Length)] : random.NextSingle();
            }

            Kernels.CategoricalSample(logits, uniforms, chosen);
            Assert.All(chosen, action => Assert.InRange(action, 0, 2));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(47)]
    public void CategoricalSample_RowAlone_DrawsAsInItsBatch(int rows)
    {
        const int Actions = 6;
        Padded logits = Padded.Input(rows * Actions, seed: 2, low: -3, high: 3);
        Padded uniforms = Padded.Input(rows, seed: 3, low: 0, high: 1);
        int[] chosen = new int[rows + 8];
        chosen.AsSpan().Fill(-7);
        Kernels.CategoricalSample(logits.Span, uniforms.Span, chosen.AsSpan(4, rows));
        for (int row = 0; row < rows; row++)
        {
            int[] alone = new int[1];
            Kernels.CategoricalSample(logits.Span.Slice(row * Actions, Actions), uniforms.Span.Slice(row, 1), alone);
            Assert.Equal(alone[0], chosen[row + 4]);
        }

        Assert.All(chosen[..4].Concat(chosen[^4..]), guard => Assert.Equal(-7, guard));
    }

    [Fact]
    public void CategoricalSample_LengthsDisagree_ThrowsNamingTheArgument()
    {
        Assert.Equal("logits", Assert.Throws<ArgumentException>(() => Kernels.CategoricalSample(new float[7], new float[3], new int[3])).ParamName);
        Assert.Equal("logits", Assert.Throws<ArgumentException>(() => Kernels.CategoricalSample([], new float[3], new int[3])).ParamName);
        Assert.Equal("chosen", Assert.Throws<ArgumentException>(() => Kernels.CategoricalSample(new float[6], new float[3], new int[2])).ParamName);
    }

    [Fact]
    public void ArgMax_TiesAndNaN_GivesTheFirstLargest()
    {
        int[] indices = new int[4];
        Kernels.ArgMax([1, 3, 3, -1, -2, -3, float.NegativeInfinity, float.NegativeInfinity, 0, float.NaN, 1, 2], indices);
        Assert.Equal([1, 0, 2, 0], indices);
    }

    private static float[] Repeat(float[] row, int times) => [.. Enumerable.Repeat(row, times).SelectMany(copy => copy)];
}
