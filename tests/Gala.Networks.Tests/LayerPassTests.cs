using Gala.Numerics;

namespace Gala.Networks.Tests;

public sealed class LayerPassTests
{
    private const int Steps = 3;
    private const int Simulators = 2;
    private const int Rows = Steps * Simulators;

    public static TheoryData<string> Presets => [.. NetworkPresets.Names];

    [Theory, MemberData(nameof(Presets))]
    public void Passes_RunInOrder_GiveTheBitsOfForwardAndBackward(string preset)
    {
        using ManagedActorCritic network = Started(preset);
        network.Backward(0, Steps, Simulators, new bool[Rows]);
        float[] logits = network.Logits(0, Rows).ToArray(), gradients = network.Gradients.Span.ToArray();
        network.Gradients.Span.Clear();

        foreach (LayerPass pass in network.Passes(Steps, Simulators))
        {
            pass.Run();
        }

        Assert.Equal(logits, network.Logits(0, Rows).ToArray());
        Assert.Equal(gradients, network.Gradients.Span.ToArray());
    }

    [Theory, MemberData(nameof(Presets))]
    public void Passes_RunAgain_AllocateNothing(string preset)
    {
        using ManagedActorCritic network = Started(preset);
        network.Backward(0, Steps, Simulators, new bool[Rows]);
        foreach (LayerPass pass in network.Passes(Steps, Simulators))
        {
            pass.Run();
            Assert.Equal(0, Allocations.Of(pass.Run));
        }
    }

    [Theory]
    [InlineData("torso.0", "forward", 6L * 8 * 8 * (3 * 3 * 4) * 16)]
    [InlineData("torso.0", "backward-weights", 6L * 8 * 8 * (3 * 3 * 4) * 16)]
    [InlineData("torso.1", "backward-data", 6L * 1024 * 128)]
    [InlineData("lstm", "forward", 6L * (128 + 128) * 512)]
    [InlineData("lstm", "backward-weights", 6L * (128 + 128) * 512)]
    [InlineData("lstm", "backward-time", 4L * 128 * 512)] // the first step's states count as given
    [InlineData("lstm", "backward-data", 6L * 128 * 512)]
    [InlineData("heads", "forward", 6L * 128 * 7)]
    [InlineData("heads", "backward-data", 6L * 128 * 7)]
    [InlineData("heads", "backward-weights", 6L * 128 * 7)]
    public void Passes_OfMinatarLstm_CountPlainArithmetic(string layer, string name, long multiplyAdds)
    {
        using ManagedActorCritic network = Started("minatar-lstm");

        LayerPass pass = Assert.Single(network.Passes(Steps, Simulators), pass => pass.Layer == layer && pass.Pass == name);

        Assert.Equal(multiplyAdds, pass.MultiplyAdds);
        Assert.Equal(Rows, pass.Rows);
    }

    [Fact]
    public void Passes_OfTheFirstLayer_AskForNoGradientsOfObservations()
    {
        using ManagedActorCritic network = Started("minatar");

        Assert.DoesNotContain(network.Passes(Steps, Simulators), pass => pass is { Layer: "torso.0", Pass: "backward-data" });
    }

    private static ManagedActorCritic Started(string preset)
    {
        TensorShape input = preset.StartsWith("mlp", StringComparison.Ordinal) ? TensorShape.Vector(4)
            : preset.StartsWith("minatar", StringComparison.Ordinal) ? new TensorShape(10, 10, 4) : new TensorShape(84, 84, 4);
        NetworkSpec spec = NetworkPresets.Create(preset, input, actions: 6);
        ManagedActorCritic network = new(spec, Rows);
        Random random = new(7);
        Draw(network.Parameters.Span, random, 0.1f);
        Draw(network.Observations(0, Rows), random, 1);
        Draw(network.LogitGradients(0, Rows), random, 1);
        Draw(network.ValueGradients(0, Rows), random, 1);
        network.ParametersChanged();
        network.Unroll(0, Steps, Simulators, new bool[Rows]);
        return network;
    }

    private static void Draw(Span<float> target, Random random, float scale)
    {
        foreach (ref float element in target)
        {
            element = scale * ((2 * random.NextSingle()) - 1);
        }
    }
}
