namespace Gala.Architectures;

/// <summary>Where actors get the learner's newest parameters.</summary>
public interface IParameterSource
{
    /// <summary>Copies the newest parameters. Any thread.</summary>
    /// <param name="destination">Written whole.</param>
    /// <returns>Updates that they have seen.</returns>
    long Pull(Span<float> destination);
}
