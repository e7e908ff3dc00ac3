namespace Gala.Numerics.Tests;

public sealed class SoftmaxTests
{
    public static TheoryData<int, int> Shapes()
    {
        TheoryData<int, int> shapes = [];
        foreach (int rows in new[] { 0, 1, 2, 15, 16, 17, 33, 80 })
        {
            foreach (int actions in new[] { 1, 2, 3, 6, 18, 64, 65 })
            {
                shapes.Add(rows, actions);
            }
        }

        return shapes;
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Softmax_AnyShape_EqualsDoublePrecision(int rows, int actions)
    {
        Padded logits = Padded.Input(rows * actions, seed: 3, low: -8, high: 8);
        Padded probabilities = Padded.Output(rows * actions);
        Kernels.Softmax(logits.Span, probabilities.Span, actions);
        for (int i = 0; i < rows * actions; i++)
        {
            double expected = Math.Exp(LogProbability(logits.Span, i, actions));
            Assert.InRange(probabilities.Span[i], expected * (1 - 1e-6), expected * (1 + 1e-6));
        }

        probabilities.AssertMarginsUntouched();
    }

    [Theory, MemberData(nameof(Shapes))]
    public void LogSoftmax_AnyShape_EqualsDoublePrecision(int rows, int actions)
    {
        Padded logits = Padded.Input(rows * actions, seed: 4, low: -8, high: 8);
        Padded logProbabilities = Padded.Output(rows * actions);
        Kernels.LogSoftmax(logits.Span, logProbabilities.Span, actions);
        for (int i = 0; i < rows * actions; i++)
        {
            double expected = LogProbability(logits.Span, i, actions);
            Assert.InRange(logProbabilities.Span[i], expected - 2e-6, expected + 2e-6); // one rounding of z − max z, |z − max z| ≤ 16
        }

        logProbabilities.AssertMarginsUntouched();
    }

    [Fact]
    public void Softmax_RowInAnotherBatch_HasTheSameBits()
    {
        const int Rows = 37, Actions = 6;
        float[] logits = Padded.Input(Rows * Actions, seed: 5, low: -4, high: 4).ToArray();
        float[] together = new float[logits.Length], logTogether = new float[logits.Length];
        Kernels.Softmax(logits, together, Actions);
        Kernels.LogSoftmax(logits, logTogether, Actions);
        for (int row = 0; row < Rows; row++)
        {
            float[] alone = new float[Actions], logAlone = new float[Actions];
            Kernels.Softmax(logits.AsSpan(row * Actions, Actions), alone, Actions);
            Kernels.LogSoftmax(logits.AsSpan(row * Actions, Actions), logAlone, Actions);
            Assert.Equal(together[(row * Actions)..((row + 1) * Actions)], alone);
            Assert.Equal(logTogether[(row * Actions)..((row + 1) * Actions)], logAlone);
        }
    }

    [Fact]
    public void Softmax_HandWorked_IsExact()
    {
        // exp(0) : exp(−ln 3) = 3 : 1; a forbidden action gets nothing; logits that would overflow do not.
        float[] probabilities = new float[6];
        Kernels.Softmax([1e30f, 1e30f, float.NegativeInfinity, 7, 7 - MathF.Log(3), float.NegativeInfinity], probabilities, 3);
        Assert.Equal([0.5f, 0.5f, 0f], probabilities[..3]);
        Assert.Equal(0.75, probabilities[3], 1e-6);
        Assert.Equal(0.25, probabilities[4], 1e-6);
        Assert.Equal(0f, probabilities[5]);
    }

    [Fact]
    public void LogSoftmax_ForbiddenAction_IsMinusInfinity()
    {
        float[] logProbabilities = new float[2];
        Kernels.LogSoftmax([3, float.NegativeInfinity], logProbabilities, 2);
        Assert.Equal([0f, float.NegativeInfinity], logProbabilities);
    }

    [Fact]
    public void Softmax_InPlace_EqualsOutOfPlace()
    {
        float[] logits = Padded.Input(40 * 5, seed: 6).ToArray();
        float[] expected = new float[logits.Length];
        Kernels.Softmax(logits, expected, 5);
        Kernels.Softmax(logits, logits, 5);
        Assert.Equal(expected, logits);
    }

    [Fact]
    public void Softmax_NaNLogit_SpoilsItsRowAlone()
    {
        float[] probabilities = new float[4], logProbabilities = new float[4];
        Kernels.Softmax([float.NaN, 1, 2, 2], probabilities, 2);
        Kernels.LogSoftmax([float.NaN, 1, 2, 2], logProbabilities, 2);
        Assert.Equal([float.NaN, float.NaN, 0.5f, 0.5f], probabilities);
        Assert.True(float.IsNaN(logProbabilities[0]) && float.IsNaN(logProbabilities[1]));
        Assert.Equal(-Math.Log(2), logProbabilities[2], 1e-6);
    }

    [Fact]
    public void Softmax_WrongLength_ThrowsNamingTheArgument()
    {
        Assert.Equal("probabilities", Assert.Throws<ArgumentException>(() => Kernels.Softmax(new float[6], new float[5], 3)).ParamName);
        Assert.Equal("logits", Assert.Throws<ArgumentException>(() => Kernels.Softmax(new float[7], new float[7], 3)).ParamName);
        Assert.Equal("logits", Assert.Throws<ArgumentException>(() => Kernels.LogSoftmax(new float[7], new float[7], 3)).ParamName);
    }

    private static double LogProbability(ReadOnlySpan<float> logits, int element, int actions)
    {
        ReadOnlySpan<float> row = logits.Slice(element / actions * actions, actions);
        double sum = 0;
        foreach (float logit in row)
        {
            sum += Math.Exp(logit);
        }

        return logits[element] - Math.Log(sum);
    }
}
