namespace Gala.Runs.Checkpoints;

/// <summary>A vector that an optimiser keeps.</summary>
/// <param name="Name">Such as <c>rmsprop.meanSquare</c>, unlike the optimiser's others.</param>
/// <param name="Values">One element a parameter.</param>
public sealed record NamedVector(string Name, float[] Values);
