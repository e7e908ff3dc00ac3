using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A square convolution without padding on channels-last rows; weights of shape [kernel, kernel, in, filters].</summary>
/// <param name="Filters">Number of output channels.</param>
/// <param name="Kernel">Height and width of the kernel, in pixels.</param>
/// <param name="Stride">Step between output pixels, in input pixels.</param>
/// <param name="Activation">Applied to the outputs.</param>
public sealed record ConvolutionSpec(int Filters, int Kernel, int Stride, Activation Activation) : LayerSpec
{
    /// <inheritdoc />
    public override TensorShape OutputShape(TensorShape input) => input.Height < Kernel || input.Width < Kernel
        ? throw new ArgumentException(
            $"A {Kernel}x{Kernel} convolution needs an input of at least {Kernel}x{Kernel} pixels, but gets {input}.", nameof(input))
        : new TensorShape(((input.Height - Kernel) / Stride) + 1, ((input.Width - Kernel) / Stride) + 1, Filters);

    /// <inheritdoc />
    public override IReadOnlyList<LayerParameter> Parameters(TensorShape input) =>
        WeightsAndBias([Kernel, Kernel, input.Channels, Filters], Activation);
}
