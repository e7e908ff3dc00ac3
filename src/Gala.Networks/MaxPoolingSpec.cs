using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The largest value of each channel in square windows on channels-last rows.</summary>
/// <param name="Kernel">Height and width of a window, in pixels.</param>
/// <param name="Stride">Step between windows, in pixels.</param>
/// <param name="Padding">Pixels by which the first and last windows reach over the edges, less than <paramref name="Kernel"/>. Nothing
/// lies there: a window takes the largest of what it covers.</param>
public sealed record MaxPoolingSpec(int Kernel, int Stride, int Padding) : LayerSpec
{
    /// <inheritdoc />
    public override TensorShape OutputShape(TensorShape input) => Windows(input).Output;

    /// <inheritdoc />
    public override IReadOnlyList<LayerParameter> Parameters(TensorShape input) => [];

    internal PoolingWindows Windows(TensorShape input) => new(input, Kernel, Stride, Padding);
}
