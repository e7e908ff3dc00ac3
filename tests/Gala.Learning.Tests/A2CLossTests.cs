namespace Gala.Learning.Tests;

public sealed class A2CLossTests
{
    private static readonly A2CCoefficients NoEntropy = new(Value: 0.5f, Entropy: 0);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(7, 6)]
    [InlineData(5, 1)]
    [InlineData(3, 18)]
    public void Gradients_AgainstCentralDifferencesInDouble_Agree(int rows, int actionCount)
    {
        LossCase drawn = LossCase.Draw(rows, actionCount, seed: 7);
        A2CCoefficients coefficients = new(Value: 0.7f, Entropy: 0.3f);
        drawn.Compute(coefficients);
        double[] logits = Array.ConvertAll(drawn.Logits, logit => (double)logit);
        double[] values = Array.ConvertAll(drawn.Values, value => (double)value);
        AssertGradients(logits, () => drawn.Reference(logits, values, coefficients), drawn.LogitGradients);
        AssertGradients(values, () => drawn.Reference(logits, values, coefficients), drawn.ValueGradients);
    }

    [Fact]
    public void Statistics_AgainstTheFormula_AddUpToTheLoss()
    {
        LossCase drawn = LossCase.Draw(rows: 80, actionCount: 6, seed: 8);
        LossStatistics statistics = drawn.Compute(A2CCoefficients.Default);
        double loss = (0.5 * statistics.ValueLoss) + statistics.PolicyLoss - (0.01f * statistics.Entropy);
        double expected = drawn.Reference(
            Array.ConvertAll(drawn.Logits, logit => (double)logit), Array.ConvertAll(drawn.Values, value => (double)value), A2CCoefficients.Default);
        Assert.Equal(expected, loss, 1e-5);
    }

    [Fact]
    public void PolicyGradient_HandWorkedNumbers_PushesTowardsGoodActionsAndAwayFromBad()
    {
        LossCase twoRows = new(rows: 2, actionCount: 2); // logits 0: both probabilities are ½
        (twoRows.Actions[0], twoRows.Actions[1]) = (0, 1);
        (twoRows.Advantages[0], twoRows.Advantages[1]) = (2, -4);
        LossStatistics statistics = twoRows.Compute(NoEntropy);
        // A(π − 1ₐ)/M: 2·(½ − 1)/2, 2·½/2; −4·½/2, −4·(½ − 1)/2. A step down the gradient raises the good action's logit.
        Assert.Equal([-0.5f, 0.5f, -1f, 1f], twoRows.LogitGradients);
        Assert.Equal(-(2 - 4) * Math.Log(0.5) / 2, statistics.PolicyLoss, 1e-6);
        Assert.Equal(Math.Log(2), statistics.Entropy, 1e-6);
    }

    [Fact]
    public void ValueGradient_HandWorkedNumbers_HasNoFurtherHalf()
    {
        LossCase twoRows = new(rows: 2, actionCount: 3);
        (twoRows.Values[0], twoRows.Values[1]) = (1, 3);
        (twoRows.Returns[0], twoRows.Returns[1]) = (4, 1);
        LossStatistics statistics = twoRows.Compute(NoEntropy);
        Assert.Equal([-1.5f, 1f], twoRows.ValueGradients); // 2 · ½ · (V − R) / 2
        Assert.Equal((9 + 4) / 2.0, statistics.ValueLoss);
        Assert.Equal(2, statistics.MeanValue);
        Assert.Equal(1 - (6.25 / 2.25), statistics.ExplainedVariance, 1e-12); // errors 3, −2; returns 4, 1
    }

    [Fact]
    public void EntropyGradient_SkewedPolicy_FlattensIt()
    {
        LossCase row = new(rows: 1, actionCount: 2);
        row.Logits[0] = MathF.Log(3); // π = (¾, ¼)
        LossStatistics statistics = row.Compute(new A2CCoefficients(Value: 0, Entropy: 1));
        double entropy = -((0.75 * Math.Log(0.75)) + (0.25 * Math.Log(0.25)));
        Assert.Equal(entropy, statistics.Entropy, 1e-6);
        Assert.Equal(0.75 * (Math.Log(0.75) + entropy), row.LogitGradients[0], 1e-6); // positive: descent lowers the likely logit
        Assert.Equal(-row.LogitGradients[0], row.LogitGradients[1], 1e-6f);
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(1e30f)]
    [InlineData(3e38f)]
    public void Compute_ExtremeLogits_StaysFinite(float size)
    {
        LossCase rows = LossCase.Draw(rows: 2, actionCount: 3, seed: 1);
        float[] extreme = [size, -size, 0, -size, -size, size];
        extreme.CopyTo(rows.Logits, 0);
        (rows.Actions[0], rows.Actions[1]) = (0, 2);
        LossStatistics statistics = rows.Compute(A2CCoefficients.Default);
        Assert.Equal(0, statistics.Entropy, 1e-6);
        Assert.Equal(0, statistics.PolicyLoss, 1e-6);
        Assert.All(rows.LogitGradients, gradient => Assert.Equal(0f, gradient, 1e-6f));
    }

    [Fact]
    public void Compute_UnlikelyActionTaken_KeepsTheGradientOfItsAdvantage()
    {
        LossCase row = new(rows: 1, actionCount: 2);
        (row.Logits[0], row.Logits[1]) = (1000, -1000);
        (row.Actions[0], row.Advantages[0]) = (1, 3);
        LossStatistics statistics = row.Compute(NoEntropy);
        Assert.Equal([3f, -3f], row.LogitGradients);
        Assert.Equal(3 * 2000.0, statistics.PolicyLoss);
    }

    [Fact]
    public void Compute_ActionRuledOut_GetsNoGradient()
    {
        LossCase masked = new(rows: 1, actionCount: 3);
        masked.Logits[1] = float.NegativeInfinity;
        masked.Advantages[0] = 1;
        LossStatistics statistics = masked.Compute(A2CCoefficients.Default);
        Assert.Equal(Math.Log(2), statistics.Entropy, 1e-6);
        Assert.Equal([-0.5f, 0f, 0.5f], masked.LogitGradients);
    }

    [Fact]
    public void Compute_LogitsShiftedTogether_GivesTheSameGradients()
    {
        LossCase plain = LossCase.Draw(rows: 4, actionCount: 5, seed: 4);
        LossCase shifted = LossCase.Draw(rows: 4, actionCount: 5, seed: 4);
        for (int i = 0; i < shifted.Logits.Length; i++)
        {
            shifted.Logits[i] += 1024;
            plain.Logits[i] = shifted.Logits[i] - 1024; // what the shift's rounding left
        }

        plain.Compute(A2CCoefficients.Default);
        shifted.Compute(A2CCoefficients.Default);
        Assert.Equal(plain.LogitGradients, shifted.LogitGradients);
    }

    [Fact]
    public void ExplainedVariance_KnownCritics_IsOneForPerfectAndZeroForConstant()
    {
        LossCase rows = LossCase.Draw(rows: 20, actionCount: 2, seed: 5);
        rows.Returns.CopyTo(rows.Values, 0);
        Assert.Equal(1, rows.Compute(NoEntropy).ExplainedVariance);
        Array.Fill(rows.Values, 12.5f);
        Assert.Equal(0, rows.Compute(NoEntropy).ExplainedVariance, 1e-6);
    }

    [Fact]
    public void ExplainedVariance_EqualReturns_IsZeroWhateverTheValues()
    {
        LossCase rows = LossCase.Draw(rows: 20, actionCount: 2, seed: 6);
        Array.Fill(rows.Returns, 0.1f);
        Assert.Equal(0, rows.Compute(NoEntropy).ExplainedVariance);
        rows.Returns.CopyTo(rows.Values, 0);
        Assert.Equal(0, rows.Compute(NoEntropy).ExplainedVariance);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public void Compute_ActionOutOfRange_ThrowsNamingActions(int action)
    {
        LossCase rows = LossCase.Draw(rows: 3, actionCount: 6, seed: 1);
        rows.Actions[2] = action;
        Assert.Equal("actions", Assert.Throws<ArgumentOutOfRangeException>(() => rows.Compute(NoEntropy)).ParamName);
    }

    [Theory]
    [InlineData(0, "logits")]
    [InlineData(1, "values")]
    [InlineData(2, "returns")]
    [InlineData(3, "advantages")]
    [InlineData(4, "logitGradients")]
    [InlineData(5, "valueGradients")]
    public void Compute_OneSpanTooShort_ThrowsNamingIt(int which, string name)
    {
        LossCase rows = LossCase.Draw(rows: 3, actionCount: 2, seed: 1);
        int Short(int span, int length) => length - (span == which ? 1 : 0);
        ArgumentException error = Assert.Throws<ArgumentException>(() => A2CLoss.Compute(
            rows.Logits.AsSpan(0, Short(0, 6)), rows.Actions, rows.Values.AsSpan(0, Short(1, 3)), rows.Returns.AsSpan(0, Short(2, 3)),
            rows.Advantages.AsSpan(0, Short(3, 3)), NoEntropy, rows.LogitGradients.AsSpan(0, Short(4, 6)), rows.ValueGradients.AsSpan(0, Short(5, 3))));
        Assert.Equal(name, error.ParamName);
    }

    [Fact]
    public void Compute_NoRows_Throws() => Assert.Throws<ArgumentException>(() => new LossCase(0, 2).Compute(NoEntropy));

    [Fact]
    public void Compute_InSteadyState_AllocatesNothing()
    {
        LossCase rows = LossCase.Draw(rows: 80, actionCount: 6, seed: 1);
        rows.Compute(A2CCoefficients.Default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        rows.Compute(A2CCoefficients.Default);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertGradients(double[] inputs, Func<double> loss, float[] gradients)
    {
        const double Step = 1e-5;
        for (int i = 0; i < inputs.Length; i++)
        {
            double input = inputs[i];
            inputs[i] = input + Step;
            double above = loss();
            inputs[i] = input - Step;
            double below = loss();
            inputs[i] = input;
            double expected = (above - below) / (2 * Step);
            Assert.Equal(expected, gradients[i], 1e-6 + (1e-5 * Math.Abs(expected)));
        }
    }
}
