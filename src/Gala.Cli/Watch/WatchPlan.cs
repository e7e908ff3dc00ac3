namespace Gala.Cli.Watch;

/// <summary>How much is played, how fast, and from which seed.</summary>
internal sealed record WatchPlan
{
    public required long Episodes { get; init; }

    public required long Steps { get; init; }

    public required double StepsPerSecond { get; init; }

    public required bool Greedy { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>File for a picture of the last frame, or null.</summary>
    public string? Picture { get; init; }
}
