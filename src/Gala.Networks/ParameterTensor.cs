namespace Gala.Networks;

/// <summary>One named tensor inside a flat parameter vector.</summary>
/// <param name="Name">Such as <c>torso.0.weight</c>.</param>
/// <param name="Shape">Dense weights [in, out]; convolution weights [kernel height, kernel width, in, out]; biases [out].</param>
/// <param name="Offset">Index of the first element in the flat vector.</param>
public sealed record ParameterTensor(string Name, IReadOnlyList<int> Shape, int Offset)
{
    /// <summary>Number of elements.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, size) => product * size);
}
