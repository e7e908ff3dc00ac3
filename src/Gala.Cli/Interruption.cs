using System.Runtime.InteropServices;

namespace Gala.Cli;

/// <summary>The first request to stop is passed on politely; the second ends the process at once.</summary>
/// <remarks>A terminal that is closed (SIGHUP) asks like SIGTERM, but is never the second request: shells, the system and session managers send it to
/// the same process, one after the other, and nobody grows impatient.</remarks>
internal sealed class Interruption : IDisposable
{
    private const int HungUp = 129;
    private const int Interrupted = 130;
    private const int Terminated = 143;
    private const string LeaveDrawing = "\n\e[?25h"; // below what is drawn, with the cursor shown

    private readonly GalaConsole _console;
    private readonly Action _asked;
    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable? _signals;
    private readonly Lock _lock = new(); // a signal being passed on and the end of listening exclude each other
    private bool _over; // guarded by _lock
    private int _requests; // but for hang-ups; written by signal threads with Interlocked
    private volatile int _exitCode = Interrupted;

    /// <param name="console">Where signals come from.</param>
    /// <param name="asked">Called at the first request, from a signal's thread.</param>
    public Interruption(GalaConsole console, Action asked)
    {
        (_console, _asked) = (console, asked);
        _signals = console.Signals(Hear);
    }

    /// <summary>Cancelled at the first request.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>By the first request: 130 after SIGINT, 143 after SIGTERM, 129 after SIGHUP.</summary>
    public int ExitCode => _exitCode;

    /// <summary>Does something that leaves nothing behind when it is stopped but a line that says how far it came.</summary>
    /// <param name="console">Where signals come from, and where the line goes.</param>
    /// <param name="act">Gets the token to heed; returns the exit code.</param>
    /// <returns>The exit code.</returns>
    public static int Stoppable(GalaConsole console, Func<CancellationToken, int> act)
    {
        using Interruption interruption = new(console, () => { });
        try
        {
            return act(interruption.Token);
        }
        catch (OperationCanceledException exception) when (interruption.Token.IsCancellationRequested)
        {
            console.Error.WriteLine(exception.Message);
            return interruption.ExitCode;
        }
    }

    public void Dispose()
    {
        _signals?.Dispose();
        lock (_lock)
        {
            _over = true;
            _stop.Dispose();
        }
    }

    private void Hear(PosixSignal signal)
    {
        int exitCode = signal switch { PosixSignal.SIGHUP => HungUp, PosixSignal.SIGTERM => Terminated, _ => Interrupted };
        if (signal != PosixSignal.SIGHUP && Interlocked.Increment(ref _requests) > 1)
        {
            if (_console.IsTerminal)
            {
                _console.Out.Write(LeaveDrawing);
            }

            _console.Exit(exitCode);
            return;
        }

        lock (_lock)
        {
            if (!_over && !_stop.IsCancellationRequested)
            {
                _exitCode = exitCode;
                _asked();
                _stop.Cancel();
            }
        }
    }
}
