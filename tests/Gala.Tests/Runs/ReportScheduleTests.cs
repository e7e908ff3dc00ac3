using Gala.Runs;

namespace Gala.Tests.Runs;

public sealed class ReportScheduleTests
{
    private static readonly TimeSpan Poll = Seconds(0.02);
    private readonly ReportSchedule _schedule = new(Seconds(1));

    [Fact]
    public void Patience_TheReportIsFarAhead_IsOnePoll() => Assert.Equal(Poll, _schedule.Patience(Seconds(0.5), Poll));

    [Fact]
    public void Patience_TheReportIsNear_EndsWithIt() => Assert.Equal(Seconds(0.01), _schedule.Patience(Seconds(0.99), Poll));

    [Fact]
    public void Patience_TheReportIsOverdue_IsNone() => Assert.Equal(TimeSpan.Zero, _schedule.Patience(Seconds(8), Poll));

    [Fact]
    public void Reported_ALittleLate_KeepsThePace()
    {
        Assert.False(_schedule.IsDue(Seconds(0.999)));
        Assert.True(_schedule.IsDue(Seconds(1.015)));
        _schedule.Reported(Seconds(1.02));

        Assert.False(_schedule.IsDue(Seconds(1.99)));
        Assert.True(_schedule.IsDue(Seconds(2)));
    }

    [Fact]
    public void Reported_AfterAPauseOfManyIntervals_TheNextIsDueAnIntervalLater()
    {
        _schedule.Reported(Seconds(9.25));

        Assert.False(_schedule.IsDue(Seconds(10.24)));
        Assert.True(_schedule.IsDue(Seconds(10.25)));
    }

    [Fact]
    public void Reported_EachReportTakesLongerThanTheInterval_OneIsDueAnIntervalAfterEach()
    {
        TimeSpan elapsed = Seconds(1);
        for (int report = 0; report < 10; report++)
        {
            Assert.True(_schedule.IsDue(elapsed));
            elapsed += Seconds(1.5);
            _schedule.Reported(elapsed);
            Assert.False(_schedule.IsDue(elapsed));
            elapsed += Seconds(1);
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
