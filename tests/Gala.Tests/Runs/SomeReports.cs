using Gala.Runs;

namespace Gala.Tests.Runs;

internal static class SomeReports
{
    /// <summary>A report with a different value in every place.</summary>
    public static TrainingReport Full { get; } = new()
    {
        Elapsed = TimeSpan.FromSeconds(12.5),
        Remaining = TimeSpan.FromSeconds(60),
        Frames = 300_000,
        TargetFrames = 3_000_000,
        EnvironmentSteps = 75_000,
        Updates = 937,
        FramesPerSecond = 24_000.5,
        Episodes = 412,
        MeanReturn100 = 7.25,
        BestMeanReturn100 = 8.5,
        MeanLength100 = 91,
        LearningRate = 5.6e-3,
        PolicyLoss = -0.125,
        ValueLoss = 0.375,
        Entropy = 1.5,
        ExplainedVariance = 0.625,
        GradientNorm = 0.75,
        Consensus = new ConsensusReport(0.5, 0.25, 0.03125, 2),
        Agents = [Agent(0, 10), Agent(1, 20)],
    };

    public static RunSummary Summary { get; } = new()
    {
        Architecture = "gala",
        Environment = "minatar/breakout",
        Agents = 4,
        SimulatorsPerAgent = 16,
        Seed = ulong.MaxValue,
        Frames = 3_000_000,
        EnvironmentSteps = 2_999_999,
        Updates = 37_500,
        WallSeconds = 12.5,
        FramesPerSecond = 240_000,
        EnvironmentStepsPerSecond = 239_999.5,
        Episodes = 5_000,
        MeanReturn100 = 9.5,
        BestMeanReturn100 = 10,
        Consensus = new ConsensusReport(0.5, 0.25, 0.125, double.PositiveInfinity),
        ParametersSha256 = "ab",
        Version = "0.1.0",
    };

    private static AgentReport Agent(int rank, double meanReturn) => new()
    {
        Rank = rank,
        State = default,
        Updates = 468,
        FramesPerSecond = 12_000,
        MeanReturn100 = meanReturn,
        Entropy = 1.25,
        DistanceToMean = 0.5,
        Mixes = 400,
        MixShare = 0.5,
        Staleness = 1.5,
        Staleness99 = 4,
        AheadShare = 0.25,
    };
}
