using Gala.Numerics;

namespace Gala.Networks.Tests;

/// <summary>Networks small enough for finite differences, that together meet every layer, tail and stride.</summary>
internal static class TestNetworks
{
    public static IReadOnlyList<string> Names { get; } =
        ["minatar", "mlp", "strided", "narrow", "headsOnly", "sparse", "tiled", "padded", "residual", "blocks", "activated"];

    public static NetworkSpec Create(string name) => name switch
    {
        "minatar" => NetworkPresets.Create("minatar", new TensorShape(10, 10, 4), 6),
        "mlp" => NetworkPresets.Create("mlp", TensorShape.Vector(4), 2),
        "strided" => new NetworkSpec(
            name,
            new TensorShape(13, 11, 3),
            3,
            [
                new ConvolutionSpec(5, 3, 2, Activation.Tanh),
                new ConvolutionSpec(18, 3, 1, Activation.None),
                new ConvolutionSpec(7, 2, 2, Activation.Tanh),
                new DenseSpec(19, Activation.Tanh),
            ]),
        "sparse" => new NetworkSpec(
            name, new TensorShape(8, 9, 3), 4, [new ConvolutionSpec(16, 3, 1, Activation.Relu), new DenseSpec(64, Activation.Relu)]),
        "tiled" => new NetworkSpec( // convolutions by minimal filtering, with tiles that reach over both edges
            name,
            new TensorShape(21, 18, 8),
            3,
            [new ConvolutionSpec(16, 4, 2, Activation.Tanh), new ConvolutionSpec(32, 3, 1, Activation.Tanh), new DenseSpec(16, Activation.Tanh)]),
        "padded" => new NetworkSpec(
            name,
            new TensorShape(9, 7, 3),
            3,
            [
                new ConvolutionSpec(5, 3, 2, Activation.Tanh, Padding: 1),
                new MaxPoolingSpec(2, 1, Padding: 0),
                new ConvolutionSpec(17, 5, 1, Activation.Tanh, Padding: 2),
                new MaxPoolingSpec(3, 2, Padding: 1),
                new DenseSpec(9, Activation.Tanh),
            ]),
        "residual" => new NetworkSpec( // a section of the IMPALA network, and what follows the last
            name,
            new TensorShape(10, 10, 4),
            3,
            [
                new ConvolutionSpec(16, 3, 1, Activation.None, Padding: 1),
                new MaxPoolingSpec(3, 2, Padding: 1),
                new ResidualSpec(),
                new ResidualSpec(),
                new ActivationSpec(Activation.Relu),
                new DenseSpec(16, Activation.Relu),
            ]),
        "blocks" => new NetworkSpec( // blocks on observations, behind an activation, and before one
            name,
            new TensorShape(5, 6, 3),
            3,
            [new ResidualSpec(), new ConvolutionSpec(6, 3, 1, Activation.Tanh), new ResidualSpec(), new ActivationSpec(Activation.Tanh)]),
        "activated" => new NetworkSpec(
            name, TensorShape.Vector(5), 3, [new ActivationSpec(Activation.Tanh), new DenseSpec(7, Activation.Tanh), new ActivationSpec(Activation.Relu)]),
        "minatar-lstm" => NetworkPresets.Create("minatar-lstm", new TensorShape(5, 5, 2), 6),
        "mlp-lstm" => NetworkPresets.Create("mlp-lstm", TensorShape.Vector(4), 2),
        "lstm" => new NetworkSpec(
            name, new TensorShape(4, 5, 2), 3, [new ConvolutionSpec(3, 2, 1, Activation.Tanh), new DenseSpec(7, Activation.Relu)], new LstmSpec(19)),
        "lstmOnly" => new NetworkSpec(name, TensorShape.Vector(3), 2, [], new LstmSpec(1)),
        "narrow" => new NetworkSpec(name, TensorShape.Vector(1), 1, [new DenseSpec(1, Activation.Tanh), new DenseSpec(3, Activation.None)]),
        _ => new NetworkSpec(name, TensorShape.Vector(17), 20, []),
    };

    public static void Fill(Span<float> target, int seed, float scale)
    {
        Random random = new(seed);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = scale * ((2 * random.NextSingle()) - 1);
        }
    }

    public static ManagedActorCritic CreateFilled(NetworkSpec spec, int capacity)
    {
        ManagedActorCritic network = new(spec, capacity);
        Fill(network.Parameters.Span, seed: 1, scale: 0.3f);
        Fill(network.Observations(0, capacity), seed: 2, scale: 1);
        for (int row = 0; row < capacity; row++)
        {
            if (row % 4 != 1) // rows that are mostly zeros among rows that are not
            {
                Thin(network.Observations(row, 1));
            }
        }

        if (spec.Name == "sparse") // few features of a thin row rise above the rectifier
        {
            network.Parameters["torso.0.bias"].Fill(-0.4f);
            network.Parameters["torso.1.bias"].Fill(-0.4f);
        }

        Fill(network.LogitGradients(0, capacity), seed: 3, scale: 1);
        Fill(network.ValueGradients(0, capacity), seed: 4, scale: 1);
        network.ParametersChanged();
        return network;
    }

    /// <summary>Every parameter of a small network; of a large one every bias and a spread of weights.</summary>
    public static IEnumerable<int> Sample(NetworkSpec spec)
    {
        foreach (ParameterTensor tensor in spec.Layout.Tensors)
        {
            int step = Math.Max(1, tensor.Length / 60);
            for (int i = 0; i < tensor.Length; i += step)
            {
                yield return tensor.Offset + i;
            }
        }
    }

    private static void Thin(Span<float> observation)
    {
        for (int i = 0; i < observation.Length; i++)
        {
            observation[i] = i % 11 == 0 ? observation[i] : 0;
        }
    }
}
