using System.Runtime.InteropServices;
using Spectre.Console;

namespace Gala.Cli;

/// <summary>What a command writes to and listens to: the process's own terminal, or a test's.</summary>
internal sealed class GalaConsole
{
    private const int DefaultWidth = 80;
    private const int DefaultHeight = 24;

    /// <summary>Standard output. Writing to it never fails.</summary>
    public required TextWriter Out
    {
        get;
        init => field = ForgivingWriter.Around(value);
    }

    /// <summary>Standard error. Writing to it never fails.</summary>
    public required TextWriter Error
    {
        get;
        init => field = ForgivingWriter.Around(value);
    }

    /// <summary>Why something could not be written to <see cref="Out"/>; null if all was.</summary>
    public string? OutputFailure => ((ForgivingWriter)Out).Failure;

    /// <summary>Whether <see cref="Out"/> is a terminal that can move its cursor.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Asked each time, since windows are resized.</summary>
    public Func<(int Width, int Height)> Size { get; init; } = () => (DefaultWidth, DefaultHeight);

    /// <summary>A key that was pressed, or null; never waits.</summary>
    public Func<ConsoleKeyInfo?> ReadKey { get; init; } = () => null;

    /// <summary>Calls back at each request to stop, from any thread, until what it returns is disposed.</summary>
    public Func<Action<PosixSignal>, IDisposable?> Signals { get; init; } = _ => null;

    /// <summary>Ends the process at once.</summary>
    public Action<int> Exit { get; init; } = _ => { };

    public int Width => Size().Width;

    public int Height => Size().Height;

    /// <summary>The process's own console.</summary>
    public static GalaConsole OfProcess() => new()
    {
        Out = System.Console.Out,
        Error = System.Console.Error,
        IsTerminal = !System.Console.IsOutputRedirected && System.Environment.GetEnvironmentVariable("TERM") is not "dumb",
        Size = TerminalSize,
        ReadKey = KeyOfProcess,
        Signals = heard => new SignalListener(heard),
        Exit = System.Environment.Exit,
    };

    /// <summary>The same, with plain lines for output.</summary>
    /// <param name="output">Where they go.</param>
    public GalaConsole Plain(TextWriter output) => new() { Out = output, Error = Error, Signals = Signals, Exit = Exit };

    /// <summary>A Spectre console that draws on <see cref="Out"/>.</summary>
    public IAnsiConsole Drawing()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new SizedOutput(Out, Size),
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private static ConsoleKeyInfo? KeyOfProcess()
    {
        try
        {
            return !System.Console.IsInputRedirected && System.Console.KeyAvailable ? System.Console.ReadKey(intercept: true) : null;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException) // the terminal was closed
        {
            return null;
        }
    }

    private static (int Width, int Height) TerminalSize()
    {
        try
        {
            return (OrDefault(System.Console.WindowWidth, DefaultWidth), OrDefault(System.Console.WindowHeight, DefaultHeight));
        }
        catch (IOException) // no terminal
        {
            return (DefaultWidth, DefaultHeight);
        }
    }

    private static int OrDefault(int size, int otherwise) => size is > 0 and < int.MaxValue ? size : otherwise;
}
