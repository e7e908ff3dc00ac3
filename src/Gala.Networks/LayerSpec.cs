using Gala.Numerics;

namespace Gala.Networks;

/// <summary>One layer of a torso.</summary>
public abstract record LayerSpec
{
    /// <summary>Shape of one output row for an input row of the given shape.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    public abstract TensorShape OutputShape(TensorShape input);

    /// <summary>The tensors that the layer learns for the given input, in the order in which they lie; none for layers such as pooling.</summary>
    public abstract IReadOnlyList<LayerParameter> Parameters(TensorShape input);

    /// <summary>Multiply-adds of one row's forward pass by plain arithmetic: each weight counts once for every output pixel, whatever
    /// a faster way or zeros save.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    public virtual long MultiplyAdds(TensorShape input)
    {
        TensorShape output = OutputShape(input);
        IEnumerable<LayerParameter> weights = Parameters(input).Where(parameter => parameter.Shape.Length > 1);
        return output.Height * output.Width * weights.Sum(weight => weight.Shape.Aggregate(1L, (product, length) => product * length));
    }

    /// <summary>Weights that keep the size of signals through the activation, and biases of zero.</summary>
    /// <remarks>√2 makes up for the half that a rectifier cuts off (He et al. 2015, arXiv 1502.01852).</remarks>
    private protected static LayerParameter[] WeightsAndBias(int[] weightShape, Activation activation) =>
    [
        new("weight", weightShape, activation == Activation.Relu ? Math.Sqrt(2) : 1),
        new("bias", [weightShape[^1]], Gain: 0),
    ];
}
