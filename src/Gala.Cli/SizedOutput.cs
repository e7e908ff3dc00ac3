using System.Text;
using Spectre.Console;

namespace Gala.Cli;

/// <summary>Tells Spectre.Console the size of the terminal behind a writer.</summary>
internal sealed class SizedOutput(TextWriter writer, Func<(int Width, int Height)> size) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => true;

    public int Width => size().Width;

    public int Height => size().Height;

    public void SetEncoding(Encoding encoding)
    {
        // The writer's encoding is its owner's.
    }
}
