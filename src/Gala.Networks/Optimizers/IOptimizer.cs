namespace Gala.Networks;

/// <summary>Turns gradients into a step of the parameters. Keeps statistics of one parameter vector; belongs to one learner.</summary>
/// <remarks>A checkpoint keeps <see cref="Steps"/> and every vector of <see cref="StateNames"/>; written back, they make the next
/// step the same to the bit. Not thread-safe. Stepping allocates nothing.</remarks>
public interface IOptimizer : IDisposable
{
    /// <summary>η, per update. May change between steps.</summary>
    double LearningRate { get; set; }

    /// <summary>Number of steps taken; set only to restore a checkpoint.</summary>
    long Steps { get; set; }

    /// <summary>Names of the vectors that a checkpoint keeps, such as <c>rmsprop.meanSquare</c>; empty for an optimiser without
    /// memory.</summary>
    IReadOnlyList<string> StateNames { get; }

    /// <summary>One of the vectors of <see cref="StateNames"/>, shape [P]: to be read for a checkpoint, written to restore one.</summary>
    /// <exception cref="KeyNotFoundException">The optimiser has no vector of that name.</exception>
    Span<float> State(string name);

    /// <summary>One step in place.</summary>
    /// <param name="gradients">∂L/∂θ, shape [P], not yet clipped.</param>
    /// <param name="parameters">θ, shape [P]; updated.</param>
    /// <param name="gradientScale">Factor on the gradients, as <see cref="GradientClipping.Scale"/> gives it; 1 for none.</param>
    /// <returns>The Euclidean norm of the change of θ: the measured update norm that bounds how far gossiping agents part.</returns>
    /// <exception cref="ArgumentException">A span is not of the length that the optimiser was made for.</exception>
    double Step(ReadOnlySpan<float> gradients, Span<float> parameters, float gradientScale);
}
