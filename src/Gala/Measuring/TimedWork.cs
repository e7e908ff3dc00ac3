namespace Gala.Measuring;

/// <summary>Something to time, and what to note of it.</summary>
internal sealed record TimedWork<TMeasurement>(Action Run, Func<Timing, TMeasurement> Describe);
