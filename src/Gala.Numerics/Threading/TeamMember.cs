using System.Diagnostics;

namespace Gala.Numerics;

/// <summary>A thread of a team.</summary>
/// <remarks>No wake-up is lost: the caller first begins a round and then looks whether the member sleeps, the member first says that it
/// sleeps and then looks for a round, each with a full fence between, so at least one of them sees the other. A wake-up can be one too many,
/// for a round that the member has done already: so it looks for itself whether a round has begun.</remarks>
internal sealed class TeamMember : IDisposable
{
    private const int SpinsBetweenLooks = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromMicroseconds(50); // about what falling asleep and waking up cost

    private readonly ComputeTeam _team;
    private readonly Share _share;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wakeUp = new(initialState: false);
    private int _asleep; // 0 or 1, written by the member alone; the caller reads it

    public TeamMember(ComputeTeam team, Share share)
    {
        (_team, _share) = (team, share);
        _thread = new Thread(Work) { Name = $"{Thread.CurrentThread.Name ?? "compute"}, share {share.Index}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Called by the team's caller after it began a round.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _asleep) == 1)
        {
            _wakeUp.Set();
        }
    }

    /// <summary>Waits for the thread, which ends with the team.</summary>
    public void Dispose()
    {
        _thread.Join();
        _wakeUp.Dispose();
    }

    private void Work()
    {
        _wakeUp.WaitOne(0); // a thread's first wait allocates what the later ones use
        for (int round = 1; ; round = unchecked(round + 1))
        {
            AwaitRound(round);
            if (_team.HasEnded)
            {
                return;
            }

            _team.Do(_share);
        }
    }

    private void AwaitRound(int round)
    {
        long start = Stopwatch.GetTimestamp();
        while (_team.Round != round)
        {
            if (Stopwatch.GetElapsedTime(start) < Patience)
            {
                Thread.SpinWait(SpinsBetweenLooks);
            }
            else
            {
                Sleep(round);
            }
        }
    }

    private void Sleep(int round)
    {
        Interlocked.Exchange(ref _asleep, 1);
        if (_team.Round != round)
        {
            _wakeUp.WaitOne();
        }

        Volatile.Write(ref _asleep, 0);
    }
}
