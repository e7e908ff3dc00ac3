using Gala.Runs;

namespace Gala.Experiments;

/// <summary>One of the settings that a sweep compares.</summary>
/// <param name="Name">Name in tables, and of a folder.</param>
/// <param name="Words">Its options as on the command line of <c>gala train</c>.</param>
/// <param name="Options">What the words mean, laid over those of the whole sweep.</param>
public sealed record SweepVariant(string Name, string Words, RunOptions Options);
