using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A residual block on channels-last rows: y = x + conv(relu(conv(relu(x)))), 3 × 3 convolutions that keep the shape.</summary>
/// <remarks>Source: He et al. 2016, arXiv 1603.05027, without its normalisation, as in Espeholt et al. 2018, arXiv 1802.01561.</remarks>
public sealed record ResidualSpec : LayerSpec
{
    /// <inheritdoc />
    public override TensorShape OutputShape(TensorShape input) => input;

    /// <inheritdoc />
    public override IReadOnlyList<LayerParameter> Parameters(TensorShape input) =>
    [
        .. Initial("first", First(input.Channels), input),
        .. Initial("second", Second(input.Channels), input),
    ];

    internal static ConvolutionSpec First(int channels) => new(channels, Kernel: 3, Stride: 1, Activation.Relu, Padding: 1);

    internal static ConvolutionSpec Second(int channels) => First(channels) with { Activation = Activation.None };

    // Gain 1, also before the rectifier: each rectifier halves the branch, so a block starts by adding a quarter to the variance of x,
    // and the six blocks of the IMPALA network make it 3.8 times as large. With gains of √2 and 1 they would make it 11 times.
    private static IEnumerable<LayerParameter> Initial(string name, ConvolutionSpec convolution, TensorShape input) =>
        convolution.Parameters(input).Select(parameter => parameter with
        {
            Name = $"{name}.{parameter.Name}",
            Gain = Math.Min(parameter.Gain, 1),
        });
}
