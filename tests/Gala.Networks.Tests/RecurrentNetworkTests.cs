namespace Gala.Networks.Tests;

/// <summary>Networks with a memory, over trajectories of five steps whose episodes end in the middle.</summary>
public class RecurrentNetworkTests
{
    private const int Steps = 5, Simulators = 3, Rows = Steps * Simulators;

    // Simulator 0 never ends, 1 ends at step 1, 2 at steps 0 and 3.
    private static readonly bool[] Ended = [false, false, true, false, true, false, false, false, false, false, false, true, false, false, false];

    public static TheoryData<string> Networks => ["lstm", "lstmOnly", "mlp-lstm", "minatar-lstm"];

    [Theory, MemberData(nameof(Networks))]
    public void Unroll_AnyNetwork_EqualsPlainLoopsInDouble(string name)
    {
        using ManagedActorCritic network = Create(name);
        network.Unroll(0, Steps, Simulators, Ended);
        ReferenceRow[] expected = new ReferenceNetwork(network.Spec, Parameters(network)).Unroll(network, Steps, Simulators, Ended);
        for (int row = 0; row < Rows; row++)
        {
            AssertClose([expected[row].Value], network.Values(row, 1));
            AssertClose(expected[row].Logits, network.Logits(row, 1));
            AssertClose(expected[row].NextState, network.NextStates(row, 1));
        }
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("lstmOnly")]
    public void Backward_SmallNetwork_EqualsFiniteDifferences(string name)
    {
        using ManagedActorCritic network = Create(name);
        network.Unroll(0, Steps, Simulators, Ended);
        network.Backward(0, Steps, Simulators, Ended);
        double[] parameters = Parameters(network);
        foreach (int index in TestNetworks.Sample(network.Spec))
        {
            double expected = Difference(network, parameters, index);
            double actual = network.Gradients.Span[index];
            Assert.True(Math.Abs(expected - actual) <= 2e-5 + (1e-4 * Math.Abs(expected)), $"∂L/∂θ[{index}]: {actual}, expected {expected}.");
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void Unroll_AnyNetwork_HasTheBitsOfForwardStepByStepAndRowByRow(string name)
    {
        using ManagedActorCritic unrolled = Create(name), stepped = Create(name), alone = Create(name);
        unrolled.Unroll(0, Steps, Simulators, Ended);
        for (int row = 0; row < Rows; row += Simulators)
        {
            CarryStates(stepped, row);
            stepped.Forward(row, Simulators);
            CarryStates(alone, row);
            for (int i = Simulators - 1; i >= 0; i--)
            {
                alone.Forward(row + i, 1);
            }
        }

        foreach (ManagedActorCritic other in (ManagedActorCritic[])[stepped, alone])
        {
            Assert.Equal(unrolled.Logits(0, Rows), other.Logits(0, Rows));
            Assert.Equal(unrolled.Values(0, Rows), other.Values(0, Rows));
            Assert.Equal(unrolled.NextStates(0, Rows), other.NextStates(0, Rows));
        }
    }

    [Fact]
    public void Backward_OneSimulator_AddsUpToAllOfThem()
    {
        using ManagedActorCritic together = Create("lstm"), alone = new(together.Spec, Steps);
        together.Unroll(0, Steps, Simulators, Ended);
        together.Backward(0, Steps, Simulators, Ended);
        double[] sum = new double[together.Parameters.Length];
        together.Parameters.Span.CopyTo(alone.Parameters.Span);
        alone.ParametersChanged();
        for (int simulator = 0; simulator < Simulators; simulator++)
        {
            CopySimulator(together, alone, simulator);
            bool[] ended = [.. Enumerable.Range(0, Steps).Select(step => Ended[(step * Simulators) + simulator])];
            alone.Unroll(0, Steps, 1, ended);
            alone.Backward(0, Steps, 1, ended);
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += alone.Gradients.Span[i];
            }
        }

        for (int i = 0; i < sum.Length; i++)
        {
            Assert.Equal(sum[i], together.Gradients.Span[i], 1e-5);
        }
    }

    [Fact]
    public void Backward_EveryStepEndsAnEpisode_HasTheBitsOfRowsByThemselves()
    {
        using ManagedActorCritic network = Create("lstm");
        bool[] allEnd = [.. Enumerable.Repeat(true, Rows)];
        network.Unroll(0, Steps, Simulators, allEnd);
        network.Backward(0, Steps, Simulators, allEnd);
        float[] trajectories = network.Gradients.Span.ToArray();
        network.Backward(0, Rows);
        Assert.Equal(network.Gradients.Span.ToArray(), trajectories);
    }

    [Fact]
    public void Backward_Twice_SetsTheGradientsAndDoesNotAdd()
    {
        using ManagedActorCritic network = Create("lstm");
        network.Unroll(0, Steps, Simulators, Ended);
        network.Backward(0, Steps, Simulators, Ended);
        float[] once = network.Gradients.Span.ToArray();
        network.Backward(0, Steps, Simulators, Ended);
        Assert.Equal(once, network.Gradients.Span.ToArray());
    }

    [Fact]
    public void UnrollAndBackward_AfterTheFirstCall_AllocateNothing()
    {
        using ManagedActorCritic network = Create("lstm");
        Update(network);
        Assert.Equal(0, Allocations.Of(() => Update(network)));
    }

    [Fact]
    public void States_NetworkWithoutMemory_AreEmptyAndUnrollIsForward()
    {
        using ManagedActorCritic unrolled = TestNetworks.CreateFilled(TestNetworks.Create("mlp"), Rows);
        using ManagedActorCritic forward = TestNetworks.CreateFilled(TestNetworks.Create("mlp"), Rows);
        unrolled.Unroll(0, Steps, Simulators, Ended);
        unrolled.Backward(0, Steps, Simulators, Ended);
        forward.Forward(0, Rows);
        forward.Backward(0, Rows);
        Assert.Equal(0, unrolled.StateLength);
        Assert.True(unrolled.States(0, Rows).IsEmpty && unrolled.NextStates(0, Rows).IsEmpty);
        Assert.Equal(forward.Logits(0, Rows), unrolled.Logits(0, Rows));
        Assert.Equal(forward.Gradients.Span.ToArray(), unrolled.Gradients.Span.ToArray());
    }

    [Fact]
    public void Unroll_TooFewEnds_ThrowsWithBothCounts()
    {
        using ManagedActorCritic network = Create("lstm");
        ArgumentException error = Assert.Throws<ArgumentException>(() => network.Unroll(0, Steps, Simulators, Ended.AsSpan(0, 11)));
        Assert.Contains("12 or more, but 11 came", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Orthogonal_Lstm_HasOrthogonalGatesAndForgetBiasesOfOne()
    {
        NetworkSpec spec = TestNetworks.Create("lstm");
        using ParameterVector parameters = new(spec.Layout);
        NetworkInitialization.Orthogonal(spec, parameters, seed: 5);
        (float[] weights, float[] bias) = (parameters["lstm.recurrent.weight"].ToArray(), parameters["lstm.bias"].ToArray());
        int units = spec.Memory!.Units;
        for (int i = 0; i < 4 * units; i++)
        {
            Assert.Equal(i / units == 1 ? 1 : 0, bias[i]);
            for (int j = i / units * units; j < i; j++) // of the same gate
            {
                Assert.Equal(0, Enumerable.Range(0, units).Sum(row => (double)weights[(row * 4 * units) + i] * weights[(row * 4 * units) + j]), 1e-6);
            }
        }

        Assert.NotEqual(weights[0], weights[units]);
    }

    private static ManagedActorCritic Create(string name)
    {
        ManagedActorCritic network = TestNetworks.CreateFilled(TestNetworks.Create(name), Rows);
        TestNetworks.Fill(network.States(0, Rows), seed: 6, scale: 0.8f); // those of later steps are to be overwritten
        return network;
    }

    private static void Update(ManagedActorCritic network)
    {
        network.ParametersChanged();
        network.Unroll(0, Steps, Simulators, Ended);
        network.Backward(0, Steps, Simulators, Ended);
    }

    private static void CarryStates(ManagedActorCritic network, int firstRow)
    {
        for (int row = firstRow; firstRow > 0 && row < firstRow + Simulators; row++)
        {
            network.NextStates(row - Simulators, 1).CopyTo(network.States(row, 1));
            if (Ended[row - Simulators])
            {
                network.States(row, 1).Clear();
            }
        }
    }

    private static void CopySimulator(ManagedActorCritic from, ManagedActorCritic to, int simulator)
    {
        from.States(simulator, 1).CopyTo(to.States(0, 1));
        for (int step = 0; step < Steps; step++)
        {
            int row = (step * Simulators) + simulator;
            from.Observations(row, 1).CopyTo(to.Observations(step, 1));
            from.LogitGradients(row, 1).CopyTo(to.LogitGradients(step, 1));
            from.ValueGradients(row, 1).CopyTo(to.ValueGradients(step, 1));
        }
    }

    private static double[] Parameters(ManagedActorCritic network) => [.. network.Parameters.Span.ToArray().Select(x => (double)x)];

    // L = Σ of logits · their gradients + value · its gradient, so that its derivatives are what Backward sums.
    private static double Difference(ManagedActorCritic network, double[] parameters, int index)
    {
        const double Step = 1e-6;
        double original = parameters[index];
        double Loss(double value)
        {
            parameters[index] = value;
            ReferenceRow[] rows = new ReferenceNetwork(network.Spec, parameters).Unroll(network, Steps, Simulators, Ended);
            return rows.Select((row, i) => (row.Value * network.ValueGradients(i, 1)[0])
                + row.Logits.Select((logit, action) => logit * network.LogitGradients(i, 1)[action]).Sum()).Sum();
        }

        double difference = (Loss(original + Step) - Loss(original - Step)) / (2 * Step);
        parameters[index] = original;
        return difference;
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5 + (1e-5 * Math.Abs(expected[i])));
        }
    }
}
