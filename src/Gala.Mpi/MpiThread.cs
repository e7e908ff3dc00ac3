using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Gala.Mpi.Binding;

namespace Gala.Mpi;

/// <summary>The one thread of a process that calls MPI, from its start to its end.</summary>
/// <remarks>
/// <para>Large messages move only while both sides call MPI, so a thread of its own does so all the time, and agents never do. It polls: at every
/// turn while things happen and for a moment after, then once a millisecond, unless <see cref="Wake"/> is called.</para>
/// <para>An error of MPI ends the thread; whoever asks it for something from then on gets that error.</para>
/// </remarks>
internal sealed class MpiThread : IDisposable
{
    private const int Nap = 1; // milliseconds; how late a message may be noticed by a process that has nothing to send
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1); // of polling in vain before the first nap

    private readonly MpiLibrary _library;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ConcurrentQueue<Action> _calls = new();
    private readonly List<IMpiActivity> _activities = []; // the thread's own
    private ExceptionDispatchInfo? _failure; // written by the thread, read by all
    private bool _stop; // the thread's own
    private bool _napping; // written by the thread, read by who wakes it

    /// <summary>Starts the thread, and MPI on it.</summary>
    /// <exception cref="MpiException">MPI did not start.</exception>
    public MpiThread(MpiLibrary library)
    {
        _library = library;
        _thread = new Thread(Run) { Name = "MPI", IsBackground = true };
        _thread.Start();
        Call(library.Initialize);
    }

    /// <summary>Runs on the communication thread and returns when done. For what is seldom: it allocates.</summary>
    /// <exception cref="MpiException">MPI failed, here or before.</exception>
    public void Call(Action action)
    {
        using ManualResetEventSlim done = new();
        ExceptionDispatchInfo? failure = null;
        _calls.Enqueue(() =>
        {
            try
            {
                action();
            }
            catch (MpiException exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                done.Set();
            }
        });
        Wake();
        while (!done.Wait(Nap) && !done.IsSet)
        {
            ThrowIfFailed();
        }

        failure?.Throw();
    }

    /// <summary>Returns when a condition of the communication thread's holds.</summary>
    /// <exception cref="MpiException">MPI failed, here or before.</exception>
    public void WaitUntil(Func<bool> condition)
    {
        bool holds = false;
        while (!holds)
        {
            Call(() => holds = condition());
            Thread.Sleep(holds ? 0 : Nap);
        }
    }

    /// <summary>Moves an activity on from now on. The communication thread only, by <see cref="Call"/>.</summary>
    public void Add(IMpiActivity activity) => _activities.Add(activity);

    /// <summary>Leaves an activity where it is. The communication thread only, by <see cref="Call"/>.</summary>
    public void Remove(IMpiActivity activity) => _activities.Remove(activity);

    /// <summary>Says that there is something to do. Any thread; never waits.</summary>
    /// <exception cref="MpiException">The thread has ended with an error.</exception>
    public void Wake()
    {
        ThrowIfFailed();
        if (Volatile.Read(ref _napping)) // setting the event asks the system, so only where it may be waited for; a miss costs one nap
        {
            _wake.Set();
        }
    }

    /// <summary>Reports what ended the thread.</summary>
    /// <exception cref="MpiException">Something did.</exception>
    public void ThrowIfFailed() => Volatile.Read(ref _failure)?.Throw();

    /// <summary>Ends MPI, when all processes do, and the thread.</summary>
    public void Dispose()
    {
        if (_failure is null)
        {
            Call(() =>
            {
                _stop = true;
                _library.Terminate();
            });
        }

        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        try
        {
            long lastMove = Stopwatch.GetTimestamp();
            while (!_stop)
            {
                if (Turn())
                {
                    lastMove = Stopwatch.GetTimestamp();
                }
                else if (Stopwatch.GetElapsedTime(lastMove) < Patience)
                {
                    _ = Thread.Yield(); // an agent that shares the core goes first
                }
                else
                {
                    Volatile.Write(ref _napping, true);
                    _ = _wake.WaitOne(Nap);
                    Volatile.Write(ref _napping, false);
                }
            }
        }
        catch (MpiException exception)
        {
            Volatile.Write(ref _failure, ExceptionDispatchInfo.Capture(exception));
            _activities.ForEach(activity => activity.Break());
        }
    }

    private bool Turn()
    {
        bool moved = false;
        while (_calls.TryDequeue(out Action? call))
        {
            call();
            moved = true;
        }

        foreach (IMpiActivity activity in _activities)
        {
            moved |= activity.Advance();
        }

        return moved;
    }
}
