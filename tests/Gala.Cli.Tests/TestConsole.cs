using System.Runtime.InteropServices;
using System.Text;

namespace Gala.Cli.Tests;

/// <summary>Runs command lines in this process and keeps what they print.</summary>
internal sealed class TestConsole
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private Action<PosixSignal>? _heard;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public bool IsTerminal { get; init; }

    public Queue<ConsoleKeyInfo> Keys { get; } = new();

    /// <summary>Codes with which the process was ended at once.</summary>
    public List<int> Exits { get; } = [];

    public int Run(RunServices services, params string[] arguments) => GalaApplication.Run(arguments, Console(), services);

    public int Run(params string[] arguments) => GalaApplication.Run(arguments, Console());

    public void Signal(PosixSignal signal) => _heard!(signal);

    public GalaConsole Console() => new()
    {
        Out = new StringWriter(_out),
        Error = new StringWriter(_error),
        IsTerminal = IsTerminal,
        ReadKey = () => Keys.TryDequeue(out ConsoleKeyInfo key) ? key : null,
        Signals = heard =>
        {
            _heard = heard;
            return null;
        },
        Exit = Exits.Add,
    };
}
