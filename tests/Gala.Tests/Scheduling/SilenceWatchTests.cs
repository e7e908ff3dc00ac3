using Gala.Architectures;
using Gala.Environments;
using Gala.Learning;
using Gala.Scheduling;

namespace Gala.Tests.Scheduling;

public sealed class SilenceWatchTests : IDisposable
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(10);
    private readonly SettableClock _clock = new();
    private readonly Worker _worker = new();

    public void Dispose() => _worker.Dispose();

    [Fact]
    public void Look_NoSignForTheTimeOut_IsSilent()
    {
        SilenceWatch watch = new([_worker], TimeOut, _clock);
        _worker.Sign = new LifeSign(1, IsWaiting: false, HasBegun: true);

        Turns(watch, 20); // 10 s, of which the first half second heard something

        Assert.False(watch.IsSilent(0));
        Turns(watch, 1);
        Assert.True(watch.IsSilent(0));
    }

    [Fact]
    public void Look_AnySignMeanwhile_StartsAnew()
    {
        SilenceWatch watch = new([_worker], TimeOut, _clock);
        for (int sign = 0; sign < 10; sign++)
        {
            _worker.Sign = new LifeSign(sign, IsWaiting: false, HasBegun: true);
            Turns(watch, 19);
            Assert.False(watch.IsSilent(0));
        }
    }

    [Fact]
    public void Look_ASilentWorkerGivesASign_IsSilentNoMore()
    {
        SilenceWatch watch = new([_worker], TimeOut, _clock);
        _worker.Sign = new LifeSign(1, IsWaiting: false, HasBegun: true);
        Turns(watch, 50);
        Assert.True(watch.IsSilent(0));

        _worker.Sign = new LifeSign(2, IsWaiting: false, HasBegun: true);
        Turns(watch, 1);

        Assert.False(watch.IsSilent(0));
    }

    [Fact]
    public void Look_AWorkerThatWaitsForOthers_IsNeverSilent()
    {
        SilenceWatch watch = new([_worker], TimeOut, _clock);
        _worker.Sign = new LifeSign(1, IsWaiting: true, HasBegun: true);

        Turns(watch, 1_000);

        Assert.False(watch.IsSilent(0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Look_AWorkerThatHasNotBegun_IsSilentOnlyIfAStopWasAskedFor(bool ending)
    {
        SilenceWatch watch = new([_worker], TimeOut, _clock);

        Turns(watch, 50, ending);

        Assert.Equal(ending, watch.IsSilent(0));
    }

    [Fact]
    public void Look_TheProcessWasStopped_CountsLittleOfThatTime()
    {
        SilenceWatch watch = new([_worker], TimeOut, _clock);
        _worker.Sign = new LifeSign(1, IsWaiting: false, HasBegun: true);
        Turns(watch, 2);

        for (int stops = 0; stops < 8; stops++)
        {
            _clock.Now += TimeSpan.FromHours(1);
            watch.Look(ending: false);
        }

        Assert.False(watch.IsSilent(0));
    }

    private void Turns(SilenceWatch watch, int turns, bool ending = false)
    {
        for (int turn = 0; turn < turns; turn++)
        {
            _clock.Now += TimeSpan.FromSeconds(0.5);
            watch.Look(ending);
        }
    }

    private sealed class SettableClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Worker : IWorker
    {
        public LifeSign Sign { get; set; }

        public LifeSign LifeSign => Sign;

        public string Name => "worker";

        public AgentProgress Progress { get; } = new();

        public PhaseClock Clock { get; } = new();

        public SimulatorBatch? Simulators => null;

        public Turn TakeTurn(CancellationToken abort) => Turn.Ended;

        public void RequestStop()
        {
        }

        public void Leave()
        {
        }

        public void Dispose()
        {
        }
    }
}
