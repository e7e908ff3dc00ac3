namespace Gala.Experiments;

/// <summary>What came of a run that was to be trained.</summary>
/// <param name="Run">The run; null if there is none.</param>
/// <param name="Failure">Why it failed, in one line; null if it did not.</param>
/// <param name="IsNew">Whether it was trained now and not found finished.</param>
internal sealed record RunResult(TrainedRun? Run, string? Failure, bool IsNew)
{
    /// <summary>A run that was not trained yet.</summary>
    public static RunResult Missing { get; } = new(Run: null, Failure: null, IsNew: false);
}
