using Gala.Architectures;
using Gala.Runs;

namespace Gala.Tests.Architectures;

public sealed class ComputeThreadsTests
{
    [Theory]
    [InlineData("a2c", 1, "minatar")]
    [InlineData("gala", 2, "minatar")]
    [InlineData("a2c", 1, "minatar-lstm")]
    public void Train_AnyNumberOfComputeThreads_EndsWithTheSameBits(string architecture, int agents, string network)
    {
        RunOptions options = SmallRuns.Options(new RunOptions
        {
            Architecture = architecture,
            Agents = agents,
            Network = network,
            Deterministic = true,
            Frames = 20_000,
            Seed = 7,
        }) with
        { Simulators = 24 }; // enough rows to be shared out
        float[][] expected = Train(options);
        foreach (int threads in (ReadOnlySpan<int>)[2, 3])
        {
            Assert.Equal(expected, Train(options with { ComputeThreads = threads }));
        }
    }

    private static float[][] Train(RunOptions options)
    {
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        Loops.Run(group.Agents, updates: 15);
        return [.. group.Agents.Select(Loops.Parameters)];
    }
}
