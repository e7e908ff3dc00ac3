namespace Gala.Learning.Tests;

public sealed class VTraceTests
{
    [Fact]
    public void Compute_HandWorkedTwoSteps_GivesTheSameNumbers()
    {
        // γ = ½, ρ̄ = c̄ = 1. Step 1: ratio 4, ρ = c = 1, δ = 4 + ½ · 8 − 2 = 6, v = 8, advantage 6.
        // Step 0: ratio ½, ρ = c = ½, δ = ½(1 + ½ · 2 − 3) = −½, v = 3 − ½ + ½ · ½ · (8 − 2) = 4, advantage ½(1 + ½ · 8 − 3) = 1.
        Rollout rollout = Rollouts.Of([1, 4], [3, 2], bootstrap: 8);
        double clipped = VTrace.Compute(rollout, Logarithms(0.5f, 4), new VTraceOptions { Discount = 0.5f });
        Assert.Equal([4f, 8], rollout.Returns.ToArray());
        Assert.Equal([1f, 6], rollout.Advantages.ToArray());
        Assert.Equal(0.5, clipped);
    }

    [Fact]
    public void Compute_OnPolicy_GivesTheNStepReturns()
    {
        Rollout plain = Rollouts.Draw(steps: 9, simulators: 7, seed: 1);
        Rollout corrected = Rollouts.Draw(steps: 9, simulators: 7, seed: 1);
        Returns.NStep(plain, 0.9f);
        VTrace.Compute(corrected, new float[plain.Length], new VTraceOptions { Discount = 0.9f });
        AssertClose(plain.Returns, corrected.Returns);
        AssertClose(plain.Advantages, corrected.Advantages);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 0.9)]
    [InlineData(1e9, 1e9, 1)] // nothing truncated: plain importance weights
    [InlineData(0.5, 0.25, 0.7)]
    public void Compute_AnyRollout_IsTheSumOfEquationOne(double rhoBar, double cBar, double traceDecay)
    {
        Rollout rollout = Rollouts.Draw(steps: 8, simulators: 5, seed: 3);
        Random random = new(4);
        float[] logRatios = [.. Enumerable.Range(0, rollout.Length).Select(_ => (3 * random.NextSingle()) - 1.5f)];
        VTraceOptions options = new() { Discount = 0.9f, RhoBar = (float)rhoBar, CBar = (float)cBar, TraceDecay = (float)traceDecay };
        VTrace.Compute(rollout, logRatios, options);
        for (int simulator = 0; simulator < 5; simulator++)
        {
            for (int step = 0; step < 8; step++)
            {
                Assert.Equal(SumFrom(rollout, logRatios, options, step, simulator), rollout.Returns[(step * 5) + simulator], 1e-3);
            }
        }
    }

    [Fact]
    public void Compute_OneStep_DoesNotDependOnTheTrace()
    {
        Rollout one = Rollouts.Draw(steps: 1, simulators: 6, seed: 5);
        Rollout other = Rollouts.Draw(steps: 1, simulators: 6, seed: 5);
        float[] logRatios = Logarithms(0.1f, 0.5f, 1, 2, 4, 8);
        VTrace.Compute(one, logRatios, new VTraceOptions { CBar = 1 });
        VTrace.Compute(other, logRatios, new VTraceOptions { CBar = 0.1f, TraceDecay = 0.3f });
        Assert.Equal(one.Returns.ToArray(), other.Returns.ToArray());
    }

    [Fact]
    public void Compute_OneRatioTooFew_Throws() =>
        Assert.Contains("Expected 6", Assert.Throws<ArgumentException>(() => VTrace.Compute(new Rollout(2, 3), new float[5], new VTraceOptions())).Message, StringComparison.Ordinal);

    // vₛ = V(xₛ) + Σₜ γ^(t−s) (Π_{i<t} cᵢ) δₜ, up to the end of the episode, in double precision.
    private static double SumFrom(Rollout rollout, float[] logRatios, VTraceOptions options, int start, int simulator)
    {
        double sum = rollout.Values[(start * 5) + simulator];
        double factor = 1;
        for (int step = start; step < 8; step++)
        {
            int i = (step * 5) + simulator;
            double ratio = Math.Exp(logRatios[i]);
            bool ends = rollout.Terminated[i] || rollout.Truncated[i];
            double next = rollout.Terminated[i] ? 0
                : rollout.Truncated[i] ? rollout.TruncationValues[i]
                : step == 7 ? rollout.BootstrapValues[simulator]
                : rollout.Values[i + 5];
            sum += factor * Math.Min(options.RhoBar, ratio) * (rollout.Rewards[i] + (options.Discount * next) - rollout.Values[i]);
            if (ends)
            {
                break;
            }

            factor *= options.Discount * options.TraceDecay * Math.Min(options.CBar, ratio);
        }

        return sum;
    }

    private static float[] Logarithms(params float[] ratios) => [.. ratios.Select(ratio => MathF.Log(ratio))];

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5);
        }
    }
}
