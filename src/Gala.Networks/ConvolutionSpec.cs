using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A square convolution on channels-last rows; weights of shape [kernel, kernel, in, filters].</summary>
/// <param name="Filters">Number of output channels.</param>
/// <param name="Kernel">Height and width of the kernel, in pixels.</param>
/// <param name="Stride">Step between output pixels, in input pixels.</param>
/// <param name="Activation">Applied to the outputs.</param>
/// <param name="Padding">Pixels of zeros around the input, on each of its four sides.</param>
public sealed record ConvolutionSpec(int Filters, int Kernel, int Stride, Activation Activation, int Padding = 0) : LayerSpec
{
    /// <inheritdoc />
    public override TensorShape OutputShape(TensorShape input)
    {
        TensorShape padded = FrameLayer.Framed(input, Padding);
        return padded.Height < Kernel || padded.Width < Kernel
            ? throw new ArgumentException(
                $"A {Kernel}x{Kernel} convolution needs an input of at least {Kernel}x{Kernel} pixels, but gets {padded}.", nameof(input))
            : new TensorShape(((padded.Height - Kernel) / Stride) + 1, ((padded.Width - Kernel) / Stride) + 1, Filters);
    }

    /// <inheritdoc />
    public override IReadOnlyList<LayerParameter> Parameters(TensorShape input) =>
        WeightsAndBias([Kernel, Kernel, input.Channels, Filters], Activation);
}
