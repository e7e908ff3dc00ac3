namespace Gala.Runs.Checkpoints;

/// <summary>A run at a moment: all that is needed to go on from there.</summary>
public sealed record Checkpoint
{
    /// <summary>Simulator frames of all agents.</summary>
    public required long Frames { get; init; }

    /// <summary>Updates of all agents.</summary>
    public required long Updates { get; init; }

    /// <summary>Training time in seconds, over all sessions of the run.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Finished episodes.</summary>
    public required long Episodes { get; init; }

    /// <summary>Those of them that ended in earlier sessions in simulators that were not saved then, so that no agent's state counts them; since format
    /// version 3.</summary>
    public long EarlierEpisodes { get; init; }

    /// <summary>Highest mean return of 100 episodes so far, null without one.</summary>
    public double? BestMeanReturn100 { get; init; }

    /// <summary>What the run was trained with up to here; null in checkpoints of versions that did not keep it.</summary>
    public RunOptions? Options { get; init; }

    /// <summary>The agents in order of rank.</summary>
    public required IReadOnlyList<AgentCheckpoint> Agents { get; init; }
}
