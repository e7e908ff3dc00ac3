namespace Gala.Networks.Tests;

public class ManagedActorCriticTests
{
    private const int Rows = 13;

    public static TheoryData<string> Networks => [.. TestNetworks.Names];

    [Theory, MemberData(nameof(Networks))]
    public void Forward_AnyNetwork_EqualsPlainLoopsInDouble(string name)
    {
        NetworkSpec spec = TestNetworks.Create(name);
        using ManagedActorCritic network = TestNetworks.CreateFilled(spec, Rows);
        network.Forward(0, Rows);
        ReferenceNetwork reference = new(spec, [.. network.Parameters.Span.ToArray().Select(x => (double)x)]);
        for (int row = 0; row < Rows; row++)
        {
            (double[] logits, double value) = reference.Forward(network.Observations(row, 1));
            AssertClose(value, network.Values(row, 1)[0]);
            for (int action = 0; action < spec.Actions; action++)
            {
                AssertClose(logits[action], network.Logits(row, 1)[action]);
            }
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void Backward_AnyNetwork_EqualsFiniteDifferences(string name)
    {
        NetworkSpec spec = TestNetworks.Create(name);
        using ManagedActorCritic network = TestNetworks.CreateFilled(spec, capacity: 5);
        network.Forward(0, 5);
        network.Backward(1, 3);
        double[] parameters = [.. network.Parameters.Span.ToArray().Select(x => (double)x)];
        foreach (int index in TestNetworks.Sample(spec))
        {
            double expected = Difference(network, spec, parameters, index);
            double actual = network.Gradients.Span[index];
            Assert.True(Math.Abs(expected - actual) <= 1e-5 + (1e-4 * Math.Abs(expected)), $"∂L/∂θ[{index}]: {actual}, expected {expected}.");
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void Forward_RowInAnyCompany_HasTheSameBits(string name)
    {
        NetworkSpec spec = TestNetworks.Create(name);
        using ManagedActorCritic together = TestNetworks.CreateFilled(spec, Rows);
        using ManagedActorCritic alone = TestNetworks.CreateFilled(spec, Rows);
        together.Forward(0, Rows);
        for (int rows = 1; rows <= 4; rows++)
        {
            for (int row = 0; row + rows <= Rows; row += rows)
            {
                alone.Forward(row, rows);
                Assert.Equal(together.Logits(row, rows), alone.Logits(row, rows));
                Assert.Equal(together.Values(row, rows), alone.Values(row, rows));
            }
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void Backward_Twice_SetsTheGradientsAndDoesNotAdd(string name)
    {
        using ManagedActorCritic network = TestNetworks.CreateFilled(TestNetworks.Create(name), Rows);
        network.Forward(0, Rows);
        network.Backward(0, Rows);
        float[] once = network.Gradients.Span.ToArray();
        network.Backward(0, Rows);
        Assert.Equal(once, network.Gradients.Span.ToArray());
    }

    [Fact]
    public void Forward_ParametersChanged_UsesThem()
    {
        using ManagedActorCritic network = TestNetworks.CreateFilled(TestNetworks.Create("mlp"), 1);
        network.Forward(0, 1);
        network.Parameters.Span.Clear();
        network.Parameters["value.bias"][0] = 3;
        network.ParametersChanged();
        network.Forward(0, 1);
        Assert.Equal(3, network.Values(0, 1)[0]);
        Assert.Equal([0f, 0f], network.Logits(0, 1).ToArray());
    }

    [Theory]
    [InlineData("strided")]
    [InlineData("residual")]
    public void ForwardAndBackward_AfterTheFirstCall_AllocateNothing(string name)
    {
        using ManagedActorCritic network = TestNetworks.CreateFilled(TestNetworks.Create(name), Rows);
        Step(network);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 3; i++)
        {
            Step(network);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Forward_RowsBeyondCapacity_ThrowsNamingBoth()
    {
        using ManagedActorCritic network = new(TestNetworks.Create("mlp"), 4);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => network.Forward(3, 2));
        Assert.Contains("Rows 3 to 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("holds 4", error.Message, StringComparison.Ordinal);
    }

    private static void Step(ManagedActorCritic network)
    {
        network.ParametersChanged();
        network.Forward(0, Rows);
        network.Backward(0, Rows);
    }

    // L = Σ over rows 1 to 3 of logits · their gradients + value · its gradient, so that its derivatives are what Backward sums.
    private static double Difference(ManagedActorCritic network, NetworkSpec spec, double[] parameters, int index)
    {
        const double Step = 1e-6;
        double original = parameters[index];
        parameters[index] = original + Step;
        double above = Loss(network, spec, parameters);
        parameters[index] = original - Step;
        double below = Loss(network, spec, parameters);
        parameters[index] = original;
        return (above - below) / (2 * Step);
    }

    private static double Loss(ManagedActorCritic network, NetworkSpec spec, double[] parameters)
    {
        ReferenceNetwork reference = new(spec, parameters);
        double loss = 0;
        for (int row = 1; row <= 3; row++)
        {
            (double[] logits, double value) = reference.Forward(network.Observations(row, 1));
            loss += value * network.ValueGradients(row, 1)[0];
            for (int action = 0; action < spec.Actions; action++)
            {
                loss += logits[action] * network.LogitGradients(row, 1)[action];
            }
        }

        return loss;
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-5 + (1e-5 * Math.Abs(expected)), $"{actual}, expected {expected}.");
}
