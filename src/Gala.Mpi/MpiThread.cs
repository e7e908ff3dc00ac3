using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Gala.Mpi.Binding;

namespace Gala.Mpi;

/// <summary>Calls MPI for a process: on a thread of its own from its start to its end, and meanwhile on the threads of agents that come by.</summary>
/// <remarks>
/// <para>Large messages move only while both sides call MPI. An agent moves them on as it sends and receives (<see cref="MoveOn"/>), which takes no
/// change of threads; while agents compute, the communication thread looks once a millisecond, and for as long as things happen. One at a time
/// is in MPI, and whoever finds another there goes on with its own work.</para>
/// <para>An error of MPI ends the thread; whoever asks it for something from then on gets that error.</para>
/// </remarks>
internal sealed class MpiThread : IDisposable
{
    private const int Nap = 1; // milliseconds; how late a message may be noticed while agents compute
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10); // with the end of MPI

    private readonly MpiLibrary _library;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ConcurrentQueue<Action> _calls = new();
    private readonly Lock _gate = new(); // to MPI and the activities
    private readonly List<IMpiActivity> _activities = [];
    private ExceptionDispatchInfo? _failure; // written behind the gate, read by all
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

    /// <summary>Moves an activity on from now on. By <see cref="Call"/> only.</summary>
    public void Add(IMpiActivity activity) => _activities.Add(activity);

    /// <summary>Leaves an activity where it is. By <see cref="Call"/> only.</summary>
    public void Remove(IMpiActivity activity) => _activities.Remove(activity);

    /// <summary>Does here and now what can be done, unless another thread is doing so. Any thread; never waits, never allocates.</summary>
    /// <exception cref="MpiException">MPI failed, here or before.</exception>
    public void MoveOn()
    {
        ThrowIfFailed();
        if (!_library.AllowsAnyThread)
        {
            Wake();
        }
        else if (_gate.TryEnter())
        {
            try
            {
                _ = Advance();
            }
            finally
            {
                _gate.Exit();
            }
        }
    }

    /// <summary>Reports what ended the thread.</summary>
    /// <exception cref="MpiException">Something did.</exception>
    public void ThrowIfFailed() => Volatile.Read(ref _failure)?.Throw();

    /// <summary>Ends MPI, when all processes do, and the thread.</summary>
    /// <remarks>Nobody needs anything of MPI by now, so it is not waited for without end: libraries have been seen to stand still in their last call.</remarks>
    public void Dispose()
    {
        if (_failure is null)
        {
            _calls.Enqueue(() =>
            {
                _stop = true;
                _library.Terminate();
            });
            Wake();
        }

        if (_thread.Join(Patience))
        {
            _wake.Dispose();
        }
    }

    private void Run()
    {
        try
        {
            while (!_stop && Volatile.Read(ref _failure) is null)
            {
                if (!Turn())
                {
                    Volatile.Write(ref _napping, true);
                    _ = _wake.WaitOne(Nap);
                    Volatile.Write(ref _napping, false);
                }
            }
        }
        catch (MpiException)
        {
            // whoever asks is told
        }
    }

    private bool Turn()
    {
        bool moved = false;
        lock (_gate)
        {
            while (_calls.TryDequeue(out Action? call))
            {
                call();
                moved = true;
            }

            return Advance() || moved;
        }
    }

    private bool Advance()
    {
        try
        {
            bool moved = false;
            foreach (IMpiActivity activity in _activities)
            {
                moved |= activity.Advance();
            }

            return moved;
        }
        catch (MpiException exception)
        {
            Volatile.Write(ref _failure, ExceptionDispatchInfo.Capture(exception));
            _activities.ForEach(activity => activity.Break());
            throw;
        }
    }

    private void Wake()
    {
        if (Volatile.Read(ref _napping)) // setting the event asks the system, so only where it may be waited for; a miss costs one nap
        {
            _ = _wake.Set();
        }
    }
}
