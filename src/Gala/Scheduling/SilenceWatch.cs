using Gala.Architectures;

namespace Gala.Scheduling;

/// <summary>Finds workers that give no sign of life for too long, such as one whose simulator hangs.</summary>
/// <remarks>Silence is measured in time during which this process ran. When the process was stopped (SIGSTOP, a debugger, a laptop that slept), the
/// time between two looks is long, and only a small part of it counts. For one thread.</remarks>
internal sealed class SilenceWatch
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(1); // between two looks; the rest of a longer time does not count

    private readonly IReadOnlyList<IWorker> _workers;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _mostCounted;
    private readonly long[] _counts; // of each worker's sign at the last look
    private readonly TimeSpan[] _heard; // when that count was new, in time that the process ran
    private TimeSpan _ran;
    private long _looked;

    /// <summary>Prepares the watch of workers that have not started.</summary>
    /// <param name="workers">Workers to watch.</param>
    /// <param name="timeOut">How long a worker may be silent.</param>
    /// <param name="clock">Clock that the looks are timed by.</param>
    public SilenceWatch(IReadOnlyList<IWorker> workers, TimeSpan timeOut, TimeProvider clock)
    {
        _workers = workers;
        _clock = clock;
        TimeOut = timeOut;
        _mostCounted = TimeSpan.FromTicks(Math.Min(LongestTurn.Ticks, timeOut.Ticks / 4));
        _counts = new long[workers.Count];
        _heard = new TimeSpan[workers.Count];
        _looked = clock.GetTimestamp();
    }

    /// <summary>How long a worker may be silent.</summary>
    public TimeSpan TimeOut { get; }

    /// <summary>Looks at all workers.</summary>
    /// <param name="ending">Whether a stop was asked for: then also workers that have not begun are not waited for longer than the time-out.</param>
    /// <param name="isAway">Whether a worker, by index, has no turn under way, so that nothing is to be heard of it; null: all have.</param>
    public void Look(bool ending, Func<int, bool>? isAway = null)
    {
        long now = _clock.GetTimestamp();
        TimeSpan turn = _clock.GetElapsedTime(_looked, now);
        _looked = now;
        _ran += turn < _mostCounted ? turn : _mostCounted;
        for (int i = 0; i < _workers.Count; i++)
        {
            LifeSign sign = _workers[i].LifeSign;
            if (sign.Count != _counts[i] || sign.IsWaiting || isAway?.Invoke(i) == true || !(sign.HasBegun || ending))
            {
                (_counts[i], _heard[i]) = (sign.Count, _ran);
            }
        }
    }

    /// <summary>Whether a worker was silent for the time-out, up to the last look.</summary>
    public bool IsSilent(int worker) => _ran - _heard[worker] >= TimeOut;
}
