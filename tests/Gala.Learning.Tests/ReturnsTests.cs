namespace Gala.Learning.Tests;

public sealed class ReturnsTests
{
    private const float Discount = 0.5f; // with small integers every number below is exact

    [Fact]
    public void NStep_NoEpisodeEnds_BootstrapsFromTheLastValue()
    {
        Rollout rollout = Rollouts.Of(rewards: [1, 2, 4], values: [3, 1, 2], bootstrap: 8);
        Returns.NStep(rollout, Discount);
        Assert.Equal([1 + (0.5f * 6), 2 + (0.5f * 8), 4 + (0.5f * 8)], rollout.Returns.ToArray());
        Assert.Equal([1f, 5, 6], rollout.Advantages.ToArray());
    }

    [Fact]
    public void NStep_TerminatedStep_HasNothingAfterIt()
    {
        Rollout rollout = Rollouts.Of([1, 2, 4], [0, 0, 0], bootstrap: 8);
        rollout.Terminated[1] = true;
        rollout.TruncationValues.Fill(1000);
        Returns.NStep(rollout, Discount);
        Assert.Equal([2f, 2, 8], rollout.Returns.ToArray());
    }

    [Fact]
    public void NStep_TruncatedStep_BootstrapsFromItsOwnLastObservation()
    {
        Rollout rollout = Rollouts.Of([1, 2, 4], [0, 0, 0], bootstrap: 8);
        rollout.Truncated[1] = true;
        rollout.TruncationValues[1] = 6;
        Returns.NStep(rollout, Discount);
        Assert.Equal([3.5f, 5, 8], rollout.Returns.ToArray());
    }

    [Fact]
    public void NStep_LastStepEndsItsEpisode_NeverReadsTheBootstrapValue()
    {
        Rollout rollout = new(steps: 1, simulators: 2);
        rollout.BootstrapValues.Fill(float.NaN);
        rollout.Terminated[0] = true;
        rollout.Truncated[1] = true;
        rollout.TruncationValues[1] = 4;
        Returns.NStep(rollout, Discount);
        Assert.Equal([0f, 2], rollout.Returns.ToArray());
    }

    [Fact]
    public void NStep_TerminatedAndTruncatedAtOnce_CountsAsTerminated()
    {
        Rollout rollout = Rollouts.Of([1], [0], bootstrap: 8);
        rollout.Terminated[0] = rollout.Truncated[0] = true;
        rollout.TruncationValues[0] = 6;
        Returns.NStep(rollout, Discount);
        Assert.Equal(1f, rollout.Returns[0]);
    }

    [Fact]
    public void GeneralizedAdvantage_HandWorkedTrace_GivesTheSameNumbers()
    {
        Rollout rollout = Rollouts.Of(rewards: [1, 2, 4], values: [3, 1, 2], bootstrap: 8);
        Returns.GeneralizedAdvantage(rollout, Discount, traceDecay: 0.5f);
        // δ = (1 + ½·1 − 3, 2 + ½·2 − 1, 4 + ½·8 − 2) = (−1.5, 2, 6); γλ = ¼
        Assert.Equal([-1.5f + (0.25f * 3.5f), 2 + (0.25f * 6), 6], rollout.Advantages.ToArray());
        Assert.Equal([2.375f, 4.5f, 8], rollout.Returns.ToArray());
    }

    [Fact]
    public void GeneralizedAdvantage_TruncatedStep_EndsTheTraceButKeepsTheValue()
    {
        Rollout rollout = Rollouts.Of(rewards: [1, 2, 4], values: [3, 1, 2], bootstrap: 8);
        rollout.Truncated[0] = true;
        rollout.TruncationValues[0] = 10;
        Returns.GeneralizedAdvantage(rollout, Discount, traceDecay: 0.5f);
        Assert.Equal([1 + 5f - 3, 3.5f, 6], rollout.Advantages.ToArray());
    }

    [Fact]
    public void GeneralizedAdvantage_NoTrace_GivesOneStepErrors()
    {
        Rollout rollout = Rollouts.Draw(steps: 6, simulators: 3, seed: 5);
        rollout.Terminated.Clear();
        rollout.Truncated.Clear();
        Returns.GeneralizedAdvantage(rollout, 0.9f, traceDecay: 0);
        for (int i = 0; i < rollout.Length; i++)
        {
            float next = i + 3 < rollout.Length ? rollout.Values[i + 3] : rollout.BootstrapValues[i % 3];
            Assert.Equal(rollout.Rewards[i] + (0.9f * next) - rollout.Values[i], rollout.Advantages[i], 1e-6f);
        }
    }

    [Theory]
    [InlineData(5, 16)]
    [InlineData(1, 1)]
    [InlineData(20, 3)]
    public void GeneralizedAdvantage_FullTrace_EqualsNStepReturns(int steps, int simulators)
    {
        Rollout expected = Rollouts.Draw(steps, simulators, seed: 11);
        Rollout actual = Rollouts.Draw(steps, simulators, seed: 11);
        Returns.NStep(expected, 0.99f);
        Returns.GeneralizedAdvantage(actual, 0.99f, traceDecay: 1);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected.Returns[i], actual.Returns[i], 1e-5f + (1e-5f * Math.Abs(expected.Returns[i])));
            Assert.Equal(expected.Advantages[i], actual.Advantages[i], 1e-5f + (1e-5f * Math.Abs(expected.Advantages[i])));
        }
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(0.95f)]
    public void AnyReturns_AgainstSumsOverEachStepsOwnFuture_Agree(float traceDecay)
    {
        Rollout rollout = Rollouts.Draw(steps: 12, simulators: 5, seed: 3);
        Returns.GeneralizedAdvantage(rollout, 0.97f, traceDecay);
        for (int i = 0; i < rollout.Length; i++)
        {
            Assert.Equal(ForwardAdvantage(rollout, i, 0.97, traceDecay), rollout.Advantages[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void TraceCutInTwoAtAnEpisodesEnd_EitherWay_GivesTheSameNumbers(bool terminated, bool generalized)
    {
        const int Steps = 7, Simulators = 3, Cut = 4; // the step before the cut ends every episode
        Rollout whole = Rollouts.Draw(Steps, Simulators, seed: 21);
        whole.Terminated[whole.RowsOf(Cut - 1)].Fill(terminated);
        whole.Truncated[whole.RowsOf(Cut - 1)].Fill(!terminated);
        Rollout head = Part(whole, 0, Cut);
        Rollout tail = Part(whole, Cut, Steps);
        head.BootstrapValues.Fill(float.NaN); // of a new episode's first observation: none of the head's business
        whole.BootstrapValues.CopyTo(tail.BootstrapValues);
        foreach (Rollout rollout in (Rollout[])[whole, head, tail])
        {
            Compute(rollout, generalized);
        }

        Assert.Equal(whole.Returns.ToArray(), (float[])[.. head.Returns, .. tail.Returns]);
        Assert.Equal(whole.Advantages.ToArray(), (float[])[.. head.Advantages, .. tail.Advantages]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Returns_OneSimulatorOfMany_GivesTheSameBitsAsAlone(bool generalized)
    {
        Rollout many = Rollouts.Draw(steps: 5, simulators: 4, seed: 2);
        Rollout alone = new(5, 1);
        for (int step = 0; step < 5; step++)
        {
            CopyRow(many, (step * 4) + 2, alone, step);
        }

        alone.BootstrapValues[0] = many.BootstrapValues[2];
        Compute(many, generalized);
        Compute(alone, generalized);
        Assert.All(Enumerable.Range(0, 5), step => Assert.Equal(many.Returns[(step * 4) + 2], alone.Returns[step]));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public void Returns_FactorOutsideTheUnitInterval_Throws(float factor)
    {
        Rollout rollout = new(1, 1);
        Assert.Equal("discount", Assert.Throws<ArgumentOutOfRangeException>(() => Returns.NStep(rollout, factor)).ParamName);
        Assert.Equal("discount", Assert.Throws<ArgumentOutOfRangeException>(() => Returns.GeneralizedAdvantage(rollout, factor, 1)).ParamName);
        Assert.Equal("traceDecay", Assert.Throws<ArgumentOutOfRangeException>(() => Returns.GeneralizedAdvantage(rollout, 1, factor)).ParamName);
    }

    [Fact]
    public void Returns_InSteadyState_AllocateNothing()
    {
        Rollout rollout = Rollouts.Draw(steps: 5, simulators: 16, seed: 1);
        Compute(rollout, false);
        Compute(rollout, true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Compute(rollout, false);
        Compute(rollout, true);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Σₖ (γλ)ᵏ δₜ₊ₖ to the end of the episode or of the rollout, in double, forward in time.</summary>
    private static double ForwardAdvantage(Rollout rollout, int start, double discount, double traceDecay)
    {
        double sum = 0;
        double weight = 1;
        for (int i = start; i < rollout.Length; i += rollout.Simulators)
        {
            bool last = i + rollout.Simulators >= rollout.Length;
            double next = last ? rollout.BootstrapValues[i % rollout.Simulators] : rollout.Values[i + rollout.Simulators];
            next = rollout.Truncated[i] ? rollout.TruncationValues[i] : next;
            next = rollout.Terminated[i] ? 0 : next;
            sum += weight * (rollout.Rewards[i] + (discount * next) - rollout.Values[i]);
            if (rollout.Terminated[i] || rollout.Truncated[i])
            {
                break;
            }

            weight *= discount * traceDecay;
        }

        return sum;
    }

    private static void Compute(Rollout rollout, bool generalized)
    {
        if (generalized)
        {
            Returns.GeneralizedAdvantage(rollout, 0.99f, 0.95f);
        }
        else
        {
            Returns.NStep(rollout, 0.99f);
        }
    }

    private static Rollout Part(Rollout whole, int firstStep, int endStep)
    {
        Rollout part = new(endStep - firstStep, whole.Simulators);
        for (int i = 0; i < part.Length; i++)
        {
            CopyRow(whole, (firstStep * whole.Simulators) + i, part, i);
        }

        return part;
    }

    private static void CopyRow(Rollout source, int from, Rollout target, int to)
    {
        target.Rewards[to] = source.Rewards[from];
        target.Values[to] = source.Values[from];
        target.Terminated[to] = source.Terminated[from];
        target.Truncated[to] = source.Truncated[from];
        target.TruncationValues[to] = source.TruncationValues[from];
    }
}
