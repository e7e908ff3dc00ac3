using Gala.Environments.Memory;

namespace Gala.Environments.Tests.Memory;

public class CueTests
{
    private const int Length = 3;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Step_ToTheJunction_ShowsTheCueOnlyAtTheStart(int cue)
    {
        Cue corridor = With(cue);
        float[] observation = new float[4];
        corridor.Reset(observation);
        Assert.Equal(cue == 0 ? [1, 0, 0, 0] : [0, 1, 0, 0], observation);
        foreach (float[] expected in (float[][])[[0, 0, 1, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
        {
            Assert.Equal(default, corridor.Step(0, observation));
            Assert.Equal(expected, observation);
        }

        Assert.Equal(new StepResult(1, Terminated: true, Truncated: false), corridor.Step(cue, observation));
    }

    // What it does at the cue and in the corridor changes nothing, so that these are all policies there are.
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Return_PolicyWithoutMemory_IsZeroOnAverage(double probabilityOfLeft)
    {
        double mean = 0;
        for (int cue = 0; cue < 2; cue++)
        {
            for (int before = 0; before < 1 << Length; before++) // every way to get there
            {
                mean += probabilityOfLeft * Play(cue, before, last: 0) / (2 << Length);
                mean += (1 - probabilityOfLeft) * Play(cue, before, last: 1) / (2 << Length);
            }
        }

        Assert.Equal(0, mean, 1e-12);
    }

    [Fact]
    public void Return_PolicyThatRemembers_IsOne()
    {
        Assert.Equal(1, Play(cue: 0, before: 5, last: 0));
        Assert.Equal(1, Play(cue: 1, before: 2, last: 1));
    }

    [Fact]
    public void Reset_ManyEpisodes_ShowsBothCuesEquallyOften()
    {
        Cue corridor = new(new StreamRandomSource(1), Length);
        float[] observation = new float[4];
        int left = 0;
        for (int episode = 0; episode < 2_000; episode++)
        {
            corridor.Reset(observation);
            left += (int)observation[0];
        }

        Assert.InRange(left, 900, 1_100); // four and a half standard deviations
    }

    [Fact]
    public void LoadState_AnywhereInAnEpisode_GoesOnExactly()
    {
        Cue corridor = new(new StreamRandomSource(1), Length);
        Cue restored = new(new StreamRandomSource(2), Length);
        float[] observation = new float[4], other = new float[4];
        corridor.Reset(observation);
        for (int step = 0; step < 50; step++)
        {
            SavedState.Load(restored, SavedState.Of(corridor));
            StepResult result = corridor.Step(step % 2, observation);
            Assert.Equal(result, restored.Step(step % 2, other));
            Assert.Equal(observation, other);
            if (result.IsOver)
            {
                corridor.Reset(observation);
            }
        }
    }

    [Fact]
    public void Step_AfterTheEnd_ThrowsUntilReset()
    {
        Cue corridor = With(cue: 0);
        float[] observation = new float[4];
        Assert.Throws<InvalidOperationException>(() => corridor.Step(0, observation));
        corridor.Reset(observation);
        Assert.Throws<ArgumentOutOfRangeException>(() => corridor.Step(2, observation));
        for (int step = 0; step <= Length; step++)
        {
            corridor.Step(0, observation);
        }

        Assert.Throws<InvalidOperationException>(() => corridor.Step(0, observation));
    }

    [Fact]
    public void Step_OnceWarm_AllocatesNothing()
    {
        Cue corridor = new(new StreamRandomSource(1), Length);
        float[] observation = new float[4];
        PlayRandomly(corridor, observation);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PlayRandomly(corridor, observation);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Create_LengthFromTheRegistry_IsTheNumberOfCells()
    {
        IEnvironment corridor = EnvironmentRegistry.Default.Create("memory/cue:length=2");
        float[] observation = new float[4];
        corridor.Reset(1, observation);
        Assert.False(corridor.Step(0, observation).IsOver);
        Assert.False(corridor.Step(0, observation).IsOver);
        Assert.True(corridor.Step(0, observation).Terminated);
        Assert.Contains("length", Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Default.Create("memory/cue:length=0")).Message, StringComparison.Ordinal);
    }

    private static Cue With(int cue) => new(new ScriptedRandomSource().Integer(0, 2, cue), Length);

    private static float Play(int cue, int before, int last)
    {
        Cue corridor = With(cue);
        float[] observation = new float[4];
        corridor.Reset(observation);
        float sum = 0;
        for (int step = 0; step < Length; step++)
        {
            sum += corridor.Step((before >> step) & 1, observation).Reward;
        }

        return sum + corridor.Step(last, observation).Reward;
    }

    private static void PlayRandomly(Cue corridor, float[] observation)
    {
        corridor.Reset(observation);
        for (int step = 0; step < 1_000; step++)
        {
            if (corridor.Step(step & 1, observation).IsOver)
            {
                corridor.Reset(observation);
            }
        }
    }
}
