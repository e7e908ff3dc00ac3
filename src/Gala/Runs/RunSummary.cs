namespace Gala.Runs;

/// <summary>The outcome of a run: <c>summary.json</c>. Names are a contract; nothing is removed without a major version.</summary>
public sealed record RunSummary
{
    /// <summary><c>gala</c>, <c>a2c</c>, ….</summary>
    public required string Architecture { get; init; }

    /// <summary>Environment with its options.</summary>
    public required string Environment { get; init; }

    /// <summary>Number of actor-learners.</summary>
    public required int Agents { get; init; }

    /// <summary>Simulators of each agent.</summary>
    public required int SimulatorsPerAgent { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Simulator frames: environment steps × frame skip.</summary>
    public required long Frames { get; init; }

    /// <summary>Steps of all simulators.</summary>
    public required long EnvironmentSteps { get; init; }

    /// <summary>Updates of all agents.</summary>
    public required long Updates { get; init; }

    /// <summary>Those of them that were left out because their gradients were not finite.</summary>
    public long RefusedUpdates { get; init; }

    /// <summary>Messages of in-peers that were refused in this session, since their numbers were not all finite or their headers impossible.</summary>
    public long RefusedMessages { get; init; }

    /// <summary>Exchanges of this session, of all agents together: in each an agent sends to all its out-peers.</summary>
    public long Exchanges { get; init; }

    /// <summary>Training time in seconds, over all sessions of the run.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Frames over wall seconds.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Environment steps over wall seconds.</summary>
    public required double EnvironmentStepsPerSecond { get; init; }

    /// <summary>Finished episodes.</summary>
    public required long Episodes { get; init; }

    /// <summary>Mean return of the last 100 training episodes, null without one.</summary>
    public required double? MeanReturn100 { get; init; }

    /// <summary>Highest mean return of 100 training episodes that a report saw.</summary>
    public required double? BestMeanReturn100 { get; init; }

    /// <summary>Those that failed in this session while the others went on, in the order of their failures.</summary>
    public IReadOnlyList<FailedAgent> FailedAgents { get; init; } = [];

    /// <summary>How far the agents were apart at the end.</summary>
    public required ConsensusReport Consensus { get; init; }

    /// <summary>Processes that were silent at the end, so that nothing of theirs is in here.</summary>
    public IReadOnlyList<int> LostProcesses { get; init; } = [];

    /// <summary>Returns by environment; null if there is only one.</summary>
    public EnvironmentReturns? Returns { get; init; }

    /// <summary>Figures that belong to the architecture alone, at the end.</summary>
    public IReadOnlyList<GaugeReading> Gauges { get; init; } = [];

    /// <summary>SHA-256 of the final parameters' little-endian bytes, all agents in order of rank, in lower-case hexadecimal.</summary>
    public required string ParametersSha256 { get; init; }

    /// <summary>Version of Gala.</summary>
    public required string Version { get; init; }
}
