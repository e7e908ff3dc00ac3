namespace Gala.Networks;

/// <summary>One tensor that a layer learns.</summary>
/// <param name="Name">Within the layer, such as <c>weight</c>.</param>
/// <param name="Shape">The last dimension counts outputs.</param>
/// <param name="Gain">Scale of its orthogonal starting values; 0 to start at zero, as biases do.</param>
public sealed record LayerParameter(string Name, int[] Shape, double Gain);
