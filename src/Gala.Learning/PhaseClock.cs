using System.Diagnostics;

namespace Gala.Learning;

/// <summary>Adds up how long an agent is in each phase. The agent's thread enters phases; any thread may read.</summary>
/// <remarks>Entering a phase reads the clock once and adds to a number, some 25 ns. Allocates nothing.</remarks>
public sealed class PhaseClock
{
    private readonly long[] _ticks = new long[Enum.GetValues<Phase>().Length]; // of Stopwatch; written by the agent's thread alone
    private int _phase; // written by the agent's thread, read by any
    private long _entered; // 0: none yet
    private long _entries; // written by the agent's thread, read by any

    /// <summary>The phase under way. Any thread.</summary>
    public Phase Current => (Phase)Volatile.Read(ref _phase);

    /// <summary>Number of phases entered so far: grows for as long as the agent gets anywhere. Any thread.</summary>
    public long Entries => Volatile.Read(ref _entries);

    /// <summary>Ends the phase under way, if there is one, and begins the next.</summary>
    public void Enter(Phase phase) => Enter(phase, Stopwatch.GetTimestamp());

    /// <summary>Time spent in a phase up to when another one was entered.</summary>
    public TimeSpan Spent(Phase phase) => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _ticks[(int)phase]));

    /// <param name="phase">The next phase.</param>
    /// <param name="now">Positive timestamp of <see cref="Stopwatch"/>.</param>
    internal void Enter(Phase phase, long now)
    {
        if (_entered != 0)
        {
            ref long ticks = ref _ticks[_phase];
            Volatile.Write(ref ticks, ticks + (now - _entered));
        }

        _entered = now;
        Volatile.Write(ref _phase, (int)phase);
        Volatile.Write(ref _entries, _entries + 1);
    }
}
