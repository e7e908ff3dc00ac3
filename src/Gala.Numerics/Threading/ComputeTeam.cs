using System.Runtime.ExceptionServices;

namespace Gala.Numerics;

/// <summary>Threads that share out pieces of work of some ten microseconds to a few milliseconds: fork, work, join.</summary>
/// <remarks>
/// <para>The caller is one of them and waits for the others, so what was written before <see cref="Run"/> is seen by all shares, and what
/// they wrote is seen after it. The others look for work for a short while and then sleep.</para>
/// <para>A team belongs to one thread, which alone calls <see cref="Run"/> and <see cref="Dispose"/>. Running allocates nothing.</para>
/// </remarks>
public sealed class ComputeTeam : IDisposable
{
    private readonly TeamMember[] _members;
    private Action<Share>? _work; // written by the caller; members read it after they have seen the round that the caller began next
    private ExceptionDispatchInfo? _failure; // written by the first member that fails; the caller reads it when none is at work
    private int _round; // written by the caller alone; what it wrote before is published by it
    private int _atWork; // set by the caller before a round; each member takes off one when it is done, which publishes what it wrote
    private bool _running; // the caller's own
    private bool _disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many share the work, the caller among them; 1 starts none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is not positive.</exception>
    public ComputeTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        _members = new TeamMember[threads - 1];
        for (int i = 0; i < _members.Length; i++)
        {
            _members[i] = new TeamMember(this, new Share(i + 1, threads));
        }
    }

    /// <summary>How many share the work, the caller among them.</summary>
    public int Threads => _members.Length + 1;

    internal int Round => Volatile.Read(ref _round);

    internal bool HasEnded => _work is null;

    /// <summary>Has every thread do its share, the caller share 0, and waits until all are done.</summary>
    /// <param name="work">Called once for each share; a delegate that is kept, or the call allocates one.</param>
    /// <exception cref="InvalidOperationException">Called by a share of the team's own work.</exception>
    /// <remarks>An exception of a share is thrown here once all are done; the caller's own before one of the others.</remarks>
    public void Run(Action<Share> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_members.Length == 0)
        {
            work(Share.Whole);
            return;
        }

        if (_running)
        {
            throw new InvalidOperationException("The team is at work already: a share cannot share out its work again.");
        }

        _running = true;
        Begin(work);
        try
        {
            work(new Share(0, Threads));
        }
        finally
        {
            AwaitMembers();
            _running = false;
        }

        ThrowFailure();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Begin(work: null);
            foreach (TeamMember member in _members)
            {
                member.Dispose();
            }
        }
    }

    /// <summary>Does a member's share, on its thread.</summary>
    internal void Do(Share share)
    {
        try
        {
            _work!(share);
        }
#pragma warning disable CA1031 // whatever a share throws is thrown where the work was asked for
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        }

        Interlocked.Decrement(ref _atWork);
    }

    private void Begin(Action<Share>? work)
    {
        (_work, _failure, _atWork) = (work, null, _members.Length);
        Interlocked.Increment(ref _round); // a full fence: see TeamMember.Wake
        foreach (TeamMember member in _members)
        {
            member.Wake();
        }
    }

    private void AwaitMembers()
    {
        SpinWait spin = default;
        while (Volatile.Read(ref _atWork) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1); // yields to a member that lost its processor, but never sleeps a millisecond
        }
    }

    private void ThrowFailure()
    {
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
    }
}
