using Gala.Numerics;

namespace Gala.Networks;

/// <summary>An activation by itself, for layers such as residual blocks that have none behind them.</summary>
/// <param name="Activation">Applied to the inputs.</param>
public sealed record ActivationSpec(Activation Activation) : LayerSpec
{
    /// <inheritdoc />
    public override TensorShape OutputShape(TensorShape input) => input;

    /// <inheritdoc />
    public override IReadOnlyList<LayerParameter> Parameters(TensorShape input) => [];
}
