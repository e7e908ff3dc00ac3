namespace Gala.Numerics.Tests;

public sealed class OptimizerStepTests
{
    private const double Rate = 7e-3, Decay = 0.99, Epsilon = 1e-5;
    private const float GradientScale = 0.37f;

    public static TheoryData<int, EpsilonPlace> Cases()
    {
        TheoryData<int, EpsilonPlace> cases = [];
        foreach (int length in Padded.Lengths)
        {
            cases.Add(length, EpsilonPlace.OutsideRoot);
            cases.Add(length, EpsilonPlace.InsideRoot);
        }

        return cases;
    }

    public static TheoryData<int> Lengths() => [.. Padded.Lengths];

    [Theory, MemberData(nameof(Cases))]
    public void RmsPropStep_AnyLength_EqualsScalarReferenceBitForBit(int length, EpsilonPlace place)
    {
        Padded parameters = Padded.Input(length, seed: 7), gradients = Padded.Input(length, seed: 8);
        Padded squares = Padded.Input(length, seed: 9, low: 0);
        (float[] p, float[] g, float[] s, float[] steps) = (parameters.ToArray(), gradients.ToArray(), squares.ToArray(), new float[length]);
        for (int i = 0; i < length; i++)
        {
            float gradient = g[i] * GradientScale;
            s[i] = (s[i] * (float)Decay) + (gradient * gradient * (float)(1 - Decay));
            float root = place == EpsilonPlace.InsideRoot ? MathF.Sqrt(s[i] + (float)Epsilon) : MathF.Sqrt(s[i]) + (float)Epsilon;
            steps[i] = gradient * (float)Rate / root;
            p[i] -= steps[i];
        }

        double change = Kernels.RmsPropStep(parameters.Span, gradients.Span, squares.Span, GradientScale, Rate, Decay, Epsilon, place);
        parameters.AssertHolds(p);
        squares.AssertHolds(s);
        gradients.AssertHolds(g);
        Assert.Equal(Reference.Sum(Reference.Squares(steps), steps, chains: 16), change);
    }

    [Theory, MemberData(nameof(Cases))]
    public void SampledRmsPropStep_AnyLength_EqualsScalarReferenceBitForBit(int length, EpsilonPlace place)
    {
        const float A = 0.5f, P = 0.25f, Q = 0.75f;
        Padded parameters = Padded.Input(length, seed: 7), mean = Padded.Input(length, seed: 8), own = Padded.Input(length, seed: 10);
        Padded squares = Padded.Input(length, seed: 9, low: 0);
        (float[] p, float[] m, float[] g, float[] s) = (parameters.ToArray(), mean.ToArray(), own.ToArray(), squares.ToArray());
        (float[] steps, float[] estimates) = (new float[length], new float[length]);
        for (int i = 0; i < length; i++)
        {
            estimates[i] = (m[i] * m[i] * A) + ((m[i] - (g[i] * P)) * g[i] * Q);
            (float gradient, float one) = (m[i] * GradientScale, g[i] * GradientScale);
            float estimate = (gradient * gradient * A) + ((gradient - (one * P)) * one * Q);
            s[i] = Math.Max((s[i] * (float)Decay) + (estimate * (float)(1 - Decay)), gradient * gradient * (float)((1 - Decay) * A));
            float root = place == EpsilonPlace.InsideRoot ? MathF.Sqrt(s[i] + (float)Epsilon) : MathF.Sqrt(s[i]) + (float)Epsilon;
            steps[i] = gradient * (float)Rate / root;
            p[i] -= steps[i];
        }

        int whole = length / 16 * 16;
        double sum = estimates[whole..].Aggregate(Reference.Sum(estimates[..whole], [], chains: 16), (before, estimate) => before + estimate);
        Assert.Equal(sum, Kernels.SumOfSampledSquares(mean.Span, own.Span, A, P, Q));
        double change = Kernels.SampledRmsPropStep(
            parameters.Span, mean.Span, own.Span, squares.Span, A, P, Q, GradientScale, Rate, Decay, Epsilon, place);
        parameters.AssertHolds(p);
        squares.AssertHolds(s);
        mean.AssertHolds(m);
        own.AssertHolds(g);
        Assert.Equal(Reference.Sum(Reference.Squares(steps), steps, chains: 16), change);
    }

    [Fact]
    public void SampledRmsPropStep_EstimateBelowZero_StepsNoFurtherThanTheBound()
    {
        // One of two gradients is 6 and the other -2: their mean is 2, their product -12, and the mean square would be below 0.
        float[] parameters = [0], squares = [0];
        Kernels.SampledRmsPropStep(parameters, [2], [6], squares, 0.5, 0.5, 1, 1, learningRate: 1, decay: 0.75, epsilon: 1e-9, EpsilonPlace.OutsideRoot);
        Assert.Equal(0.25f * 0.5f * 4, squares[0]);
        Assert.Equal(-1 / Math.Sqrt(0.25 * 0.5), parameters[0], 1e-6);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void AdamStep_AnyLength_EqualsScalarReferenceBitForBit(int length)
    {
        const double MeanDecay = 0.9, SquareDecay = 0.999;
        const long Updates = 5;
        Padded parameters = Padded.Input(length, seed: 7), gradients = Padded.Input(length, seed: 8);
        Padded means = Padded.Input(length, seed: 9), squares = Padded.Input(length, seed: 10, low: 0);
        (float[] p, float[] g, float[] m, float[] v) = (parameters.ToArray(), gradients.ToArray(), means.ToArray(), squares.ToArray());
        float rate = (float)(Rate / (1 - Math.Pow(MeanDecay, Updates)));
        float correction = (float)(1 / Math.Sqrt(1 - Math.Pow(SquareDecay, Updates)));
        float[] steps = new float[length];
        for (int i = 0; i < length; i++)
        {
            float gradient = g[i] * GradientScale;
            m[i] = (m[i] * (float)MeanDecay) + (gradient * (float)(1 - MeanDecay));
            v[i] = (v[i] * (float)SquareDecay) + (gradient * gradient * (float)(1 - SquareDecay));
            steps[i] = m[i] * rate / ((MathF.Sqrt(v[i]) * correction) + (float)Epsilon);
            p[i] -= steps[i];
        }

        double change = Kernels.AdamStep(
            parameters.Span, gradients.Span, means.Span, squares.Span, GradientScale, Rate, MeanDecay, SquareDecay, Epsilon, Updates);
        parameters.AssertHolds(p);
        means.AssertHolds(m);
        squares.AssertHolds(v);
        gradients.AssertHolds(g);
        Assert.Equal(Reference.Sum(Reference.Squares(steps), steps, chains: 16), change);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void SgdStep_AnyLength_EqualsScalarReferenceBitForBit(int length)
    {
        Padded parameters = Padded.Input(length, seed: 7), gradients = Padded.Input(length, seed: 8);
        float[] steps = [.. gradients.ToArray().Select(gradient => gradient * GradientScale * (float)Rate)];
        float[] expected = [.. parameters.ToArray().Zip(steps, (parameter, step) => parameter - step)];
        double change = Kernels.SgdStep(parameters.Span, gradients.Span, GradientScale, Rate);
        parameters.AssertHolds(expected);
        Assert.Equal(Reference.Sum(Reference.Squares(steps), steps, chains: 16), change);
    }

    [Fact]
    public void RmsPropStep_HandWorked_IsExact()
    {
        // α = ½, c = ½, g = 4: s = ½·30 + ½·2² = 17, √(17 + 8) = 5, step 2·10/5 = 4.
        float[] parameters = [1], squares = [30];
        double change = Kernels.RmsPropStep(parameters, [4], squares, 0.5f, 10, 0.5, 8, EpsilonPlace.InsideRoot);
        Assert.Equal((17f, -3f, 16.0), (squares[0], parameters[0], change));

        // s = ½·28 + ½·2² = 16, √16 + 4 = 8, step 2·4/8 = 1.
        (parameters, squares) = ([1], [28]);
        change = Kernels.RmsPropStep(parameters, [4], squares, 0.5f, 4, 0.5, 4, EpsilonPlace.OutsideRoot);
        Assert.Equal((16f, 0f, 1.0), (squares[0], parameters[0], change));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(37)]
    public void Steps_ManyWithoutAGradient_LetStatisticsFadeToZeroAndNeverToASubnormalNumber(int length)
    {
        float[] parameters = new float[length], gradients = new float[length], means = [.. Enumerable.Repeat(-0.1f, length)];
        float[][] squares = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Repeat(1e-3f, length).ToArray())];
        gradients[3] = gradients[^1] = 1e-4f; // so that both ways through a step are taken
        for (int update = 1; update <= 100_000; update++)
        {
            Kernels.RmsPropStep(parameters, gradients, squares[0], 1, Rate, Decay, Epsilon, EpsilonPlace.OutsideRoot);
            Kernels.SampledRmsPropStep(parameters, gradients, gradients, squares[1], 0.5, 0.5, 0.5, 1, Rate, Decay, Epsilon, EpsilonPlace.OutsideRoot);
            Kernels.AdamStep(parameters, gradients, means, squares[2], 1, Rate, 0.9, 0.999, Epsilon, update);
            if (update % 500 == 0)
            {
                Assert.DoesNotContain([.. means, .. squares.SelectMany(s => s)], float.IsSubnormal);
            }
        }

        foreach (float[] statistics in (float[][])[means, .. squares])
        {
            Assert.All(statistics.Where((_, i) => i != 3 && i != length - 1), element => Assert.Equal(0, element));
            Assert.True(statistics[3] > 0 && statistics[^1] > 0);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(5)]
    public void Steps_StatisticsThatAreNaN_KeepThem(int length)
    {
        float[] parameters = new float[length], gradients = new float[length], means = new float[length], squares = new float[length], others = new float[length];
        means[2] = squares[2] = others[2] = float.NaN;
        gradients[0] = 1;
        Kernels.RmsPropStep(parameters, gradients, squares, 1, Rate, Decay, Epsilon, EpsilonPlace.OutsideRoot);
        Kernels.AdamStep(parameters, gradients, means, others, 1, Rate, 0.9, 0.999, Epsilon, 1);
        Assert.All((float[])[squares[2], others[2], means[2]], element => Assert.True(float.IsNaN(element)));
    }

    [Fact]
    public void Steps_SpanOneShort_ThrowNamingIt()
    {
        float[] four = new float[4], three = new float[3];
        Assert.Equal("gradients", Throws(() => Kernels.RmsPropStep(four, three, four, 1, 1, 0, 1, EpsilonPlace.OutsideRoot)));
        Assert.Equal("meanSquares", Throws(() => Kernels.RmsPropStep(four, four, three, 1, 1, 0, 1, EpsilonPlace.OutsideRoot)));
        Assert.Equal("mean", Throws(() => Kernels.SampledRmsPropStep(four, three, four, four, 1, 1, 0, 1, 1, 0, 1, EpsilonPlace.OutsideRoot)));
        Assert.Equal("own", Throws(() => Kernels.SampledRmsPropStep(four, four, three, four, 1, 1, 0, 1, 1, 0, 1, EpsilonPlace.OutsideRoot)));
        Assert.Equal("meanSquares", Throws(() => Kernels.SampledRmsPropStep(four, four, four, three, 1, 1, 0, 1, 1, 0, 1, EpsilonPlace.OutsideRoot)));
        Assert.Equal("own", Throws(() => Kernels.SumOfSampledSquares(four, three, 1, 1, 0)));
        Assert.Equal("gradients", Throws(() => Kernels.AdamStep(four, three, four, four, 1, 1, 0, 0, 1, 1)));
        Assert.Equal("means", Throws(() => Kernels.AdamStep(four, four, three, four, 1, 1, 0, 0, 1, 1)));
        Assert.Equal("meanSquares", Throws(() => Kernels.AdamStep(four, four, four, three, 1, 1, 0, 0, 1, 1)));
        Assert.Equal("gradients", Throws(() => Kernels.SgdStep(four, three, 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Kernels.AdamStep(four, four, four, four, 1, 1, 0, 0, 1, 0));
    }

    private static string? Throws(Action step) => Assert.Throws<ArgumentException>(step).ParamName;
}
