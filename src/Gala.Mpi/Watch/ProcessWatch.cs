using System.Diagnostics;
using Gala.Mpi.Binding;

namespace Gala.Mpi.Watch;

/// <summary>Knows which of the other processes still live: MPI itself says nothing, or ends everything, when one of them dies.</summary>
/// <remarks>Each process sends a sign of life to each other one. <see cref="MpiThread"/> does so whatever the agents do, so a process is silent only if
/// it was killed, stopped or cut off.</remarks>
internal sealed class ProcessWatch : IMpiActivity, IDisposable
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestTurn = TimeSpan.FromMilliseconds(10); // asking for many signs costs time that messages need
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(100); // of the clock: a process that stood still is no judge of others

    private readonly MpiThread _thread;
    private readonly MpiLibrary _library;
    private readonly Pulse?[] _pulses; // by process, null for this one
    private nint _communicator;
    private long _lastTurn = Stopwatch.GetTimestamp();
    private TimeSpan _now; // of who moves activities on, one thread at a time
    private Sign _sign; // likewise
    private long _timeOutTicks = TimeSpan.FromSeconds(30).Ticks; // written by any thread, read by who moves activities on

    public ProcessWatch(MpiThread thread, MpiLibrary library, int process, int processes)
    {
        (_thread, _library, _pulses) = (thread, library, new Pulse?[processes]);
        thread.Call(() =>
        {
            _communicator = library.Duplicate(library.World);
            for (int other = 0; other < processes; other++)
            {
                _pulses[other] = other == process ? null : new Pulse(library, _communicator, other);
            }

            thread.Add(this);
        });
    }

    /// <summary>How long a process may say nothing. Any thread.</summary>
    public TimeSpan TimeOut
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _timeOutTicks));
        set => Volatile.Write(ref _timeOutTicks, value.Ticks);
    }

    /// <summary>The processes that are silent at this moment. Any thread.</summary>
    public IReadOnlyList<int> Silent => [.. _pulses.Where(pulse => pulse is { IsSilent: true }).Select(pulse => pulse!.Process)];

    /// <summary>Several signs in the time after which a process is given up.</summary>
    public static TimeSpan IntervalOf(TimeSpan timeOut) => timeOut / 4 < LongestInterval ? timeOut / 4 : LongestInterval;

    /// <summary>Another process.</summary>
    public Pulse Of(int process) => _pulses[process]!;

    public bool Advance()
    {
        TimeSpan passed = Stopwatch.GetElapsedTime(_lastTurn);
        if (passed < ShortestTurn)
        {
            return false;
        }

        _lastTurn = Stopwatch.GetTimestamp();
        _now += passed < LongestTurn ? passed : LongestTurn;
        foreach (Pulse? pulse in _pulses)
        {
            pulse?.Advance(_now, _sign, TimeOut);
        }

        return false; // nothing that others wait for
    }

    public void Break()
    {
    }

    /// <summary>Tells the others that this process leaves, and waits until all leave that are not silent.</summary>
    /// <returns>Whether all are there; otherwise MPI cannot be ended, and what messages lie in must stay.</returns>
    public bool Leave()
    {
        Say(Sign.Leaves);
        _thread.WaitUntil(() => Array.TrueForAll(_pulses, pulse => pulse is null or { IsSilent: true } || pulse.Heard != Sign.Alive));
        if (Array.TrueForAll(_pulses, pulse => pulse is null or { IsSilent: false, Heard: Sign.Leaves }))
        {
            return true;
        }

        Say(Sign.LeavesAfterLoss);
        return false;
    }

    public void Dispose()
    {
        _thread.Call(() =>
        {
            _thread.Remove(this);
            _library.Free(_communicator);
        });
        Array.ForEach(_pulses, pulse => pulse?.Dispose());
    }

    private void Say(Sign sign)
    {
        TimeSpan start = default;
        _thread.Call(() => (_sign, start) = (sign, _now));
        _thread.WaitUntil(() => _now - start > TimeOut // for one that has gone meanwhile
            || Array.TrueForAll(_pulses, pulse => pulse is null or { IsSilent: true } || pulse.HasSaid(sign)));
    }
}
