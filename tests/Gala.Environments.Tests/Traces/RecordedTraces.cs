namespace Gala.Environments.Tests.Traces;

/// <summary>Where recorded plays of the original games may lie: too large for the repository, so not on every machine.</summary>
internal static class RecordedTraces
{
    /// <summary>What the environment variable GALA_TRACES names; null without a folder there.</summary>
    public static string? Folder() =>
        Environment.GetEnvironmentVariable("GALA_TRACES") is { Length: > 0 } named && Directory.Exists(named) ? named : null;

    public static string[] Files() => Folder() is { } folder ? [.. Directory.GetFiles(folder, "*.jsonl.gz").Order()] : [];
}
