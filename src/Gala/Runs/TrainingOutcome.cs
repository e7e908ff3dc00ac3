namespace Gala.Runs;

/// <summary>How a session of a run ended.</summary>
/// <param name="Directory">The run's folder.</param>
/// <param name="Summary">Also written to <c>summary.json</c>.</param>
/// <param name="Interrupted">Stopped by request before the last frame; a checkpoint was written.</param>
public sealed record TrainingOutcome(string Directory, RunSummary Summary, bool Interrupted);
