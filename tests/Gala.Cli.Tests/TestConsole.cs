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

    /// <summary>Whether every write to standard output and to standard error fails, as after the terminal was closed.</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether every write to standard output alone fails, as when it goes to a full disk.</summary>
    public bool IsFull { get; init; }

    public Queue<ConsoleKeyInfo> Keys { get; } = new();

    /// <summary>Codes with which the process was ended at once.</summary>
    public List<int> Exits { get; } = [];

    public int Run(RunServices services, params string[] arguments) => GalaApplication.Run(arguments, Console(), services);

    public int Run(params string[] arguments) => GalaApplication.Run(arguments, Console());

    public void Signal(PosixSignal signal) => _heard!(signal);

    public GalaConsole Console() => new()
    {
        Out = IsGone || IsFull ? new BrokenWriter() : new StringWriter(_out),
        Error = IsGone ? new BrokenWriter() : new StringWriter(_error),
        IsTerminal = IsTerminal,
        ReadKey = () => Keys.TryDequeue(out ConsoleKeyInfo key) ? key : null,
        Signals = heard =>
        {
            _heard = heard;
            return null;
        },
        Exit = Exits.Add,
    };

    private sealed class BrokenWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("Input/output error");

        public override void Flush() => throw new IOException("Input/output error");
    }
}
