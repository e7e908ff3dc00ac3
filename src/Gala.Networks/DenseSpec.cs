using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A fully connected layer: y = f(x W + b), W of shape [in, out]. An image input is taken as its flat channels-last row.</summary>
/// <param name="Units">Number of outputs.</param>
/// <param name="Activation">Applied to the outputs.</param>
public sealed record DenseSpec(int Units, Activation Activation) : LayerSpec
{
    /// <inheritdoc />
    public override TensorShape OutputShape(TensorShape input) => TensorShape.Vector(Units);

    /// <inheritdoc />
    public override IReadOnlyList<LayerParameter> Parameters(TensorShape input) => WeightsAndBias([input.Length, Units], Activation);
}
