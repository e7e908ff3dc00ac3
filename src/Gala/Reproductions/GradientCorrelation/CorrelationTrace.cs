namespace Gala.Reproductions;

/// <summary>How alike the gradients of one run were.</summary>
/// <param name="Curve">Mean cosine of two different gradients over all agents' frames, a mean over some rounds each.</param>
/// <param name="Matrix">[agent][agent], the mean over all rounds.</param>
internal sealed record CorrelationTrace(IReadOnlyList<(double Frames, double Cosine)> Curve, double[][] Matrix)
{
    /// <summary>Mean over all pairs and rounds.</summary>
    public double Mean => Matrix.SelectMany((row, i) => row.Where((_, j) => j != i)).Average();
}
