using System.CommandLine;
using System.Globalization;
using Gala.Environments;

namespace Gala.Cli.Commands;

/// <summary><c>gala environments replay</c>.</summary>
internal sealed class EnvironmentsReplayCommand : GalaCommand
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Recorded plays, JSON lines, plain or gzip-compressed",
        Arity = ArgumentArity.OneOrMore,
    };

    public EnvironmentsReplayCommand()
        : base("replay", "Replays recorded plays of the MinAtar games and checks every step; exit code 1 at a mismatch.")
    {
        Add(_files);
    }

    public override IReadOnlyList<string> Examples => ["gala environments replay breakout.jsonl.gz", "gala environments replay traces/*.jsonl.gz"];

    public override int Execute(Invocation invocation)
    {
        IReadOnlyList<string> files = invocation.Texts(_files);
        foreach (string missing in files.Where(file => !File.Exists(file)))
        {
            invocation.Note(missing, "there is no such file");
        }

        invocation.ThrowIfRefused();
        int mismatches = 0;
        int damaged = 0;
        foreach (string file in files)
        {
            try
            {
                mismatches += Replay(invocation.Console, file) ? 0 : 1;
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                ErrorReport.WriteLine(invocation.Console.Error, exception.Message); // the other files still have their say
                damaged++;
            }
        }

        return mismatches > 0 ? ErrorReport.Failed : damaged > 0 ? ErrorReport.Refused : 0;
    }

    private static bool Replay(GalaConsole console, string file)
    {
        TraceReport report = TraceReplayer.Replay(file);
        if (report.Mismatch is { } mismatch)
        {
            ErrorReport.WriteLine(console.Error, mismatch.ToString());
            return false;
        }

        console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {report.Segments:N0} segments, {report.Steps:N0} steps, all equal"));
        return true;
    }
}
