using Gala.Measuring;

namespace Gala.Tests.Measuring;

public sealed class CallTimerTests
{
    [Fact]
    public void Measure_AnyWork_HasAMedianOfNoLessThanTheMinimum()
    {
        int calls = 0;

        Timing timing = new CallTimer(TimeSpan.FromTicks(1), TimeSpan.Zero).Measure(() => calls++);

        Assert.InRange(timing.MinimumMicroseconds, double.Epsilon, timing.Microseconds);
        Assert.True(calls >= 4, $"{calls} calls"); // one to find out how many make a sample, and three samples
    }

    [Fact]
    public void WarmUp_WithoutTime_RunsEachWorkOnce()
    {
        (int first, int second) = (0, 0);

        new CallTimer(TimeSpan.Zero, TimeSpan.Zero).WarmUp([() => first++, () => second++]);

        Assert.Equal((1, 1), (first, second));
    }

    [Fact]
    public void GigaPerSecond_OfAnAmount_IsByTheMedian() =>
        Assert.Equal(3, new Timing(Microseconds: 2, MinimumMicroseconds: 1).GigaPerSecond(6_000));
}
