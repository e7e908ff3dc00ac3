using Gala.Architectures;
using Gala.Runs;

namespace Gala.Tests.Architectures;

public sealed class A2CTests
{
    private const int Updates = 20;

    [Fact]
    public void FourWorkers_LearnWhatOneLearnsFromTheUnionOfTheirBatches()
    {
        float[][] workers = Train(Four());
        RunOptions one = Four() with { Agents = 1, Simulators = 16 };
        float[] union = Train(one)[0];
        for (int i = 0; i < union.Length; i++)
        {
            Assert.Equal(union[i], workers[0][i], 2e-5f + (1e-4f * MathF.Abs(union[i])));
        }
    }

    [Fact]
    public void FourWorkers_HaveTheSameBitsAsEachOtherAndInEveryRun()
    {
        float[][] first = Train(Four());
        float[][] second = Train(Four());
        Assert.All(first, worker => Assert.Equal(first[0], worker));
        Assert.Equal(first[0], second[0]);
    }

    // The rate is that of 16 simulators, however they are spread. RMSProp's first steps blow up the last bits of small gradients, so
    // ε is large enough to keep the comparison one of gradients.
    private static RunOptions Four() => SmallRuns.Options(
        new RunOptions { Architecture = "a2c", Agents = 4, Frames = 20_000, Seed = 7, LearningRate = 1e-3, OptimizerEpsilon = 1e-2 });

    private static float[][] Train(RunOptions options)
    {
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        Loops.Run(group.Agents, Updates);
        return [.. group.Agents.Select(Loops.Parameters)];
    }
}
