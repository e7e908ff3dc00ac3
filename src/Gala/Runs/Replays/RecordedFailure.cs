namespace Gala.Runs;

/// <summary>An agent that had failed when its session ended.</summary>
/// <param name="Rank">Of the agent.</param>
/// <param name="Played">Single steps that its simulators had made in the session.</param>
/// <param name="Episodes">Episodes that they had ended.</param>
/// <param name="Reason">Why it failed.</param>
internal sealed record RecordedFailure(int Rank, long Played, long Episodes, string Reason);
