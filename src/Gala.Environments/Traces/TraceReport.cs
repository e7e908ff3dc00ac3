namespace Gala.Environments;

/// <summary>The outcome of replaying one trace file.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Segments">Segments replayed whole.</param>
/// <param name="Steps">Steps that agreed.</param>
/// <param name="Mismatch">The first disagreement, at which the replay stopped; null if there was none.</param>
public sealed record TraceReport(string File, int Segments, long Steps, TraceMismatch? Mismatch)
{
    /// <summary>Whether the whole file agreed.</summary>
    public bool Passed => Mismatch is null;
}
