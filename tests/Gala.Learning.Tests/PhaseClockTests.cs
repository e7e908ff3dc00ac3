using System.Diagnostics;

namespace Gala.Learning.Tests;

public sealed class PhaseClockTests
{
    private static readonly long Second = Stopwatch.Frequency;

    [Fact]
    public void Spent_AfterSeveralPhases_AddsUpEachUntilTheNext()
    {
        PhaseClock clock = new();

        clock.Enter(Phase.Act, 10 * Second);
        clock.Enter(Phase.Simulate, 13 * Second);
        clock.Enter(Phase.Act, 14 * Second);
        clock.Enter(Phase.Learn, 18 * Second);
        clock.Enter(Phase.Learn, 20 * Second);
        clock.Enter(Phase.Gossip, 25 * Second);

        Assert.Equal(TimeSpan.FromSeconds(3 + 4), clock.Spent(Phase.Act));
        Assert.Equal(TimeSpan.FromSeconds(1), clock.Spent(Phase.Simulate));
        Assert.Equal(TimeSpan.FromSeconds(2 + 5), clock.Spent(Phase.Learn));
        Assert.Equal(TimeSpan.Zero, clock.Spent(Phase.Optimize));
        Assert.Equal(TimeSpan.Zero, clock.Spent(Phase.Gossip)); // still under way
    }

    [Fact]
    public void Enter_AnyPhase_AllocatesNothing()
    {
        PhaseClock clock = new();
        clock.Enter(Phase.Act);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            clock.Enter(Phase.Simulate);
            clock.Enter(Phase.Act);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
