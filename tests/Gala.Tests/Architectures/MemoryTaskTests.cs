using Gala.Runs;
using Gala.Tests.Runs;

namespace Gala.Tests.Architectures;

public sealed class MemoryTaskTests
{
    [Theory]
    [InlineData("a2c", 1, 15_000)]
    [InlineData("gala", 2, 40_000)]
    public void Train_NetworkWithMemory_LearnsWhatTheCueMeans(string architecture, int agents, long frames)
    {
        using TemporaryFolder folder = new();
        Assert.InRange(Train(architecture, agents, frames, "mlp-lstm", folder["run"]), 0.95, 1);
        Evaluation evaluation = Evaluation.Play(folder["run"], episodes: 100, agent: null, greedy: true, seed: 3);
        Assert.Equal(1, evaluation.MeanReturn);
    }

    [Fact]
    public void Train_NetworkWithoutMemory_LearnsNothing()
    {
        using TemporaryFolder folder = new();
        Assert.InRange(Train("a2c", 1, 15_000, "mlp", folder["run"]), -0.3, 0.3);
    }

    private static double Train(string architecture, int agents, long frames, string network, string run)
    {
        RunOptions options = new()
        {
            Architecture = architecture,
            Environment = "memory/cue:length=4",
            Agents = agents,
            Network = network,
            Frames = frames,
            Seed = 5,
            Deterministic = true,
            Run = run,
        };
        return TrainingRun.Start(options, [], CancellationToken.None).Summary.MeanReturn100!.Value;
    }
}
