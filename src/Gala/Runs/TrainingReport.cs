namespace Gala.Runs;

/// <summary>How a run stands: what the live table shows and a line of <c>metrics.jsonl</c> holds.</summary>
public sealed record TrainingReport
{
    /// <summary>Time since training started, this session only.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Time left at the present pace, where known.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Simulator frames of all agents (environment steps × frame skip).</summary>
    public required long Frames { get; init; }

    /// <summary>Frames that the run is to have.</summary>
    public required long TargetFrames { get; init; }

    /// <summary>Steps of all simulators.</summary>
    public required long EnvironmentSteps { get; init; }

    /// <summary>Updates of all agents.</summary>
    public required long Updates { get; init; }

    /// <summary>Frames per second since the last report.</summary>
    public required double FramesPerSecond { get; init; }

    /// <summary>Finished episodes.</summary>
    public required long Episodes { get; init; }

    /// <summary>Mean return of the last 100 episodes, null before the first.</summary>
    public double? MeanReturn100 { get; init; }

    /// <summary>Highest <see cref="MeanReturn100"/> of the run.</summary>
    public double? BestMeanReturn100 { get; init; }

    /// <summary>Mean length of the last 100 episodes, in environment steps.</summary>
    public double? MeanLength100 { get; init; }

    /// <summary>Present learning rate.</summary>
    public double LearningRate { get; init; }

    /// <summary>Mean policy loss of the agents' last updates.</summary>
    public double PolicyLoss { get; init; }

    /// <summary>Mean value loss, mean((R − V)²), of the agents' last updates.</summary>
    public double ValueLoss { get; init; }

    /// <summary>Mean entropy of the policies, in nats.</summary>
    public double Entropy { get; init; }

    /// <summary>1 − Var(R − V) / Var(R): 1 is a perfect critic, 0 a constant one.</summary>
    public double ExplainedVariance { get; init; }

    /// <summary>Mean global norm of the gradients before clipping.</summary>
    public double GradientNorm { get; init; }

    /// <summary>Updates of all agents that were left out because their gradients were not finite.</summary>
    public long RefusedUpdates { get; init; }

    /// <summary>Messages of in-peers that agents refused in this session, since their numbers were not all finite or their headers impossible.</summary>
    public long RefusedMessages { get; init; }

    /// <summary>Those that failed in this session while the others went on, in the order of their failures.</summary>
    public IReadOnlyList<FailedAgent> FailedAgents { get; init; } = [];

    /// <summary>How far the agents are apart.</summary>
    public required ConsensusReport Consensus { get; init; }

    /// <summary>Returns by environment; null if there is only one.</summary>
    public EnvironmentReturns? Returns { get; init; }

    /// <summary>Figures that belong to the architecture alone.</summary>
    public IReadOnlyList<GaugeReading> Gauges { get; init; } = [];

    /// <summary>The agents in order of rank.</summary>
    public required IReadOnlyList<AgentReport> Agents { get; init; }

    /// <summary>Workers that only act or compute, ranked after the agents.</summary>
    public IReadOnlyList<AgentReport> Helpers { get; init; } = [];
}
