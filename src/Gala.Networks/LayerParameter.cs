namespace Gala.Networks;

/// <summary>One tensor that a layer learns.</summary>
/// <param name="Name">Within the layer, such as <c>weight</c>.</param>
/// <param name="Shape">The last dimension counts outputs.</param>
/// <param name="Gain">Scale of its orthogonal starting values; 0 to start at <see cref="Constants"/>, as biases do.</param>
public sealed record LayerParameter(string Name, int[] Shape, double Gain)
{
    /// <summary>Number of equal runs of outputs whose weights are orthogonal each by itself, such as an LSTM's gates.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>Starting values where <see cref="Gain"/> is 0: one for each of so many equal runs of outputs.</summary>
    public IReadOnlyList<float> Constants { get; init; } = [0];
}
