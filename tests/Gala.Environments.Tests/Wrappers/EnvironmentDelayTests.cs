using System.Diagnostics;
using Gala.Environments.ClassicControl;

namespace Gala.Environments.Tests;

public class EnvironmentDelayTests
{
    private static readonly StepTimes Times = StepTimes.Gamma(4, TimeSpan.FromMilliseconds(2));

    [Fact]
    public void Step_VirtualTime_SumsWhatWasDrawnAndLeavesThePlayAsItIs()
    {
        EnvironmentDelay delayed = new(new Counter(), Times, waits: false);
        float[] observation = new float[2];
        delayed.Reset(9, observation);
        Assert.Equal(new StepResult(1, false, false), delayed.Step(0, observation));
        delayed.Step(0, observation);
        delayed.Reset(observation);
        delayed.Step(0, observation); // the third of its steps, though the first of the episode
        Assert.Equal(Times.Draw(9, 0) + Times.Draw(9, 1) + Times.Draw(9, 2), delayed.Elapsed);
        delayed.Reset(8, observation);
        Assert.Equal(TimeSpan.Zero, delayed.Elapsed);
    }

    [Fact]
    public void Step_RealTime_TakesAtLeastTheSumButForACarriedMillisecond()
    {
        EnvironmentDelay delayed = new(new Counter(), StepTimes.Recorded([0.0004]), waits: true);
        float[] observation = new float[2];
        delayed.Reset(1, observation);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 50; i++)
        {
            delayed.Step(0, observation);
        }

        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(50 * 0.4) - TimeSpan.FromMilliseconds(2));
    }

    [Fact]
    public void State_SavedInTheMiddle_GoesOnWithTheSameTimesAndEpisode()
    {
        EnvironmentDelay delayed = new(new CartPole(new StreamRandomSource(0)), Times, waits: false);
        float[] observation = new float[4];
        delayed.Reset(3, observation);
        delayed.Step(0, observation);
        EnvironmentDelay other = new(new CartPole(new StreamRandomSource(0)), Times, waits: false);
        SavedState.Load(other, SavedState.Of(delayed));
        float[] otherObservation = new float[4];
        Assert.Equal(delayed.Step(1, observation), other.Step(1, otherObservation));
        Assert.Equal(observation, otherObservation);
        Assert.Equal(delayed.Elapsed, other.Elapsed);
        Assert.Equal(SavedState.Of(delayed), SavedState.Of(other));
    }

    [Fact]
    public void SaveState_InnerNotResumable_Throws() =>
        Assert.Throws<NotSupportedException>(() => SavedState.Of(new EnvironmentDelay(new Counter(), Times, waits: false)));

    [Fact]
    public void Registry_EachForm_WrapsAnyEnvironment()
    {
        string file = Path.GetTempFileName();
        File.WriteAllLines(file, ["0.001", "2e-3"]);
        try
        {
            foreach (string setting in (string[])["exponential/500us", "gamma/0.5/2ms", $"recorded/{file}"])
            {
                Assert.IsType<EnvironmentDelay>(EnvironmentRegistry.Default.Create($"minatar/breakout:limit=9:delay={setting}"));
            }

            File.WriteAllText(file, "soon");
            Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Default.Create($"classic/cartpole:delay=recorded/{file}"));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
