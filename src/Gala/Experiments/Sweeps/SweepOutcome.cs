namespace Gala.Experiments;

/// <summary>How a sweep ended.</summary>
/// <param name="Page">Path of the report, in Markdown.</param>
/// <param name="Runs">Number of runs of the plan.</param>
/// <param name="Failures">Each run that failed and why, a line each.</param>
/// <param name="Missing">Number of runs that were not trained.</param>
public sealed record SweepOutcome(string Page, int Runs, IReadOnlyList<string> Failures, int Missing);
