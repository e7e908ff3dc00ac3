using Gala.Architectures;
using Gala.Runs;

namespace Gala.Cli.Tests;

/// <summary>Made-up reports and outcomes.</summary>
internal static class Made
{
    public static TrainingReport Report(int agents = 4, long frames = 1_234_567, double seconds = 100) => new()
    {
        Elapsed = TimeSpan.FromSeconds(seconds),
        Remaining = TimeSpan.FromSeconds(3725),
        Frames = frames,
        TargetFrames = 3_000_000,
        EnvironmentSteps = frames,
        Updates = 15_432,
        FramesPerSecond = 251_234,
        Episodes = 4_321,
        MeanReturn100 = 12.345,
        BestMeanReturn100 = 13.5,
        MeanLength100 = 312,
        LearningRate = 0.0014,
        PolicyLoss = -0.0123,
        ValueLoss = 0.2345,
        Entropy = 1.2345,
        ExplainedVariance = 0.8765,
        GradientNorm = 0.4321,
        Consensus = new ConsensusReport(0.0312, 0.02, 0.0031, 0.4567),
        Agents = [.. Enumerable.Range(0, agents).Select(Agent)],
    };

    public static AgentReport Agent(int rank) => new()
    {
        Rank = rank,
        State = rank % 2 == 0 ? AgentState.Learning : AgentState.Waiting,
        Updates = 3_858 + rank,
        FramesPerSecond = 62_000,
        MeanReturn100 = 12.5,
        Entropy = 1.2,
        DistanceToMean = 0.0213,
        Mixes = 3_800,
        MixShare = 0.5,
        Staleness = 1.5,
        Staleness99 = 4,
        AheadShare = 0.25,
    };

    public static TrainingOutcome Outcome(bool interrupted = false) => new("runs/made up", Summary(), interrupted);

    public static RunSummary Summary() => new()
    {
        Architecture = "gala",
        Environment = "minatar/breakout",
        Agents = 4,
        SimulatorsPerAgent = 16,
        Seed = 1,
        Frames = 3_000_000,
        EnvironmentSteps = 3_000_000,
        Updates = 37_500,
        WallSeconds = 61.5,
        FramesPerSecond = 48_780,
        EnvironmentStepsPerSecond = 48_780,
        Episodes = 9_876,
        MeanReturn100 = 21.5,
        BestMeanReturn100 = 22.25,
        Consensus = ConsensusReport.None,
        ParametersSha256 = "00",
        Version = "0.1.0",
    };

    public static Evaluation Evaluation(int? agent = null, int episodes = 100) => new()
    {
        Architecture = "gala",
        Environment = "minatar/breakout",
        Agent = agent,
        Frames = 3_000_000,
        Episodes = episodes,
        MeanReturn = 21.5,
        StandardError = 0.75,
        MinReturn = 3,
        MaxReturn = 60,
        MeanLength = 400.5,
        ParametersSha256 = "abc123",
        Version = "0.1.0",
    };

    /// <summary>Services that give what a test gives them and fail at everything else.</summary>
    public static RunServices Services() => new()
    {
        Start = (_, _, _, _) => throw new InvalidOperationException("no training was asked for"),
        Resume = (_, _, _, _, _) => throw new InvalidOperationException("no resuming was asked for"),
        Evaluate = (_, _, _, _, _, _, _, _) => throw new InvalidOperationException("no evaluation was asked for"),
        LoadPolicy = (_, _) => throw new InvalidOperationException("no policy was asked for"),
    };
}
