using Gala.Numerics;

namespace Gala.Networks;

/// <summary>One layer of a torso.</summary>
/// <param name="Activation">Applied to the layer's outputs.</param>
public abstract record LayerSpec(Activation Activation)
{
    /// <summary>Shape of one output row for an input row of the given shape.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    public abstract TensorShape OutputShape(TensorShape input);

    /// <summary>Shape of the weight tensor for the given input.</summary>
    public abstract int[] WeightShape(TensorShape input);
}
