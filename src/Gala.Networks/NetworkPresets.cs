using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The networks that can be asked for by name.</summary>
public static class NetworkPresets
{
    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["minatar", "mlp", "nature", "minatar-lstm", "mlp-lstm", "nature-lstm", "impala-shallow", "impala-deep"];

    /// <summary>The preset that suits an observation: <c>mlp</c> for vectors, <c>nature</c> from 36 × 36 pixels on, <c>minatar</c> below, and <c>mlp</c> where
    /// an image is too low or too narrow for a convolution.</summary>
    public static string For(TensorShape input) => input switch
    {
        { IsVector: true } => "mlp",
        { Height: >= 36, Width: >= 36 } => "nature",
        _ => Fits("minatar", input) ? "minatar" : "mlp",
    };

    /// <summary>The preset <paramref name="name"/> for the given input and number of actions.</summary>
    /// <exception cref="ArgumentException">No preset has that name, or the input is too small for it.</exception>
    public static NetworkSpec Create(string name, TensorShape input, int actions)
    {
        NetworkSpec spec = new(name, input, actions, Torso(name), Memory(name));
        try
        {
            _ = spec.Layout; // an input that does not fit is reported here, not at the first forward pass
            return spec;
        }
        catch (ArgumentException error) when (error.ParamName == nameof(input))
        {
            string nearest = For(input) + (spec.Memory is null ? "" : "-lstm");
            string advice = Fits(nearest, input) ? $": take '{nearest}'" : "";
            throw new ArgumentException($"Observations of {input} are too small for '{name}'{advice}.", nameof(input), error);
        }
    }

    private static bool Fits(string name, TensorShape input)
    {
        try
        {
            _ = new NetworkSpec(name, input, Actions: 1, Torso(name), Memory(name)).Layout;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static LayerSpec[] Torso(string name) => name switch
    {
        // Young and Tian 2019, arXiv 1903.03176: one 3 × 3 convolution with 16 filters, one hidden layer of 128.
        "minatar" or "minatar-lstm" => [new ConvolutionSpec(16, 3, 1, Activation.Relu), new DenseSpec(128, Activation.Relu)],
        "mlp" or "mlp-lstm" => [new DenseSpec(64, Activation.Tanh), new DenseSpec(64, Activation.Tanh)],
        // Mnih et al. 2015 with the 32 filters in the last convolution that GALA used (arXiv 1906.04585).
        "nature" or "nature-lstm" =>
        [
            new ConvolutionSpec(32, 8, 4, Activation.Relu),
            new ConvolutionSpec(64, 4, 2, Activation.Relu),
            new ConvolutionSpec(32, 3, 1, Activation.Relu),
            new DenseSpec(512, Activation.Relu),
        ],
        // Espeholt et al. 2018, arXiv 1802.01561, figure 3, without the embedding of instructions.
        "impala-shallow" =>
        [
            new ConvolutionSpec(16, 8, 4, Activation.Relu),
            new ConvolutionSpec(32, 4, 2, Activation.Relu),
            new DenseSpec(256, Activation.Relu),
        ],
        "impala-deep" =>
            [.. Section(16), .. Section(32), .. Section(32), new ActivationSpec(Activation.Relu), new DenseSpec(256, Activation.Relu)],
        _ => throw new ArgumentException($"Unknown network '{name}'; known are {string.Join(", ", Names)}.", nameof(name)),
    };

    private static LayerSpec[] Section(int filters) =>
    [
        new ConvolutionSpec(filters, 3, 1, Activation.None, Padding: 1),
        new MaxPoolingSpec(3, 2, Padding: 1),
        new ResidualSpec(),
        new ResidualSpec(),
    ];

    private static LstmSpec? Memory(string name) => name switch
    {
        "minatar-lstm" => new LstmSpec(128),
        "mlp-lstm" => new LstmSpec(64),
        "nature-lstm" => new LstmSpec(256), // as behind the torso of Mnih et al. 2016, arXiv 1602.01783
        "impala-shallow" or "impala-deep" => new LstmSpec(256),
        _ => null,
    };
}
