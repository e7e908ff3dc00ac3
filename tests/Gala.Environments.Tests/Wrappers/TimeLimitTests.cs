using Gala.Environments.ClassicControl;

namespace Gala.Environments.Tests;

public class TimeLimitTests
{
    [Fact]
    public void Step_AtTheLimit_TruncatesAndThenThrows()
    {
        TimeLimit limited = new(new Counter(), 3);
        float[] observation = new float[2];
        limited.Reset(observation);
        Assert.Equal(new StepResult(1, false, false), limited.Step(0, observation));
        Assert.Equal(new StepResult(2, false, false), limited.Step(0, observation));
        Assert.Equal(new StepResult(3, false, true), limited.Step(0, observation));
        Assert.Equal(3, observation[0]);
        Assert.Throws<InvalidOperationException>(() => limited.Step(0, observation));
        limited.Reset(1, observation);
        Assert.Equal(new StepResult(1, false, false), limited.Step(0, observation));
    }

    [Fact]
    public void Step_TerminatesAtTheLimit_IsNotTruncated()
    {
        TimeLimit limited = new(new Counter(length: 2), 2);
        float[] observation = new float[2];
        limited.Reset(observation);
        limited.Step(0, observation);
        Assert.Equal(new StepResult(2, true, false), limited.Step(0, observation));
    }

    [Fact]
    public void State_SavedInTheMiddle_KeepsTheCount()
    {
        TimeLimit limited = new(new CartPole(new StreamRandomSource(0)), 5);
        float[] observation = new float[4];
        limited.Reset(1, observation);
        limited.Step(0, observation);
        limited.Step(1, observation);
        TimeLimit other = new(new CartPole(new StreamRandomSource(0)), 5);
        SavedState.Load(other, SavedState.Of(limited));
        other.Step(0, observation);
        other.Step(1, observation);
        Assert.True(other.Step(0, observation).Truncated);
    }

    [Fact]
    public void SaveState_InnerNotResumable_Throws() =>
        Assert.Throws<NotSupportedException>(() => SavedState.Of(new TimeLimit(new Counter(), 5)));

    [Fact]
    public void Limit_LessThanOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new TimeLimit(new Counter(), 0));
}
