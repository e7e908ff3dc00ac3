using System.CommandLine;
using Gala.Cli.Display;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala replay</c>.</summary>
internal sealed class ReplayCommand : GalaCommand
{
    private readonly Argument<string> _directory = RunFolder();
    private readonly ValueOption _run = RunOptionSet.One("--run");
    private readonly ValueOption _runners = RunOptionSet.One("--runners");
    private readonly SwitchOption _quiet = new("--quiet", "Print plain lines instead of the live table");

    public ReplayCommand()
        : base("replay", "Trains a recorded run again, to the bit: agents take the messages that they took, when they took them.")
    {
        Add(_directory);
        Add(_run);
        Add(_runners);
        Add(_quiet);
    }

    public override IReadOnlyList<string> Examples => ["gala train --agents 4 --record --run runs/first", "gala replay runs/first --run runs/again"];

    public override IReadOnlyList<string> Notes =>
    [
        "The run must have been trained with --record, by this version. Any number of runners gives the same parameters.",
        "A run of several processes is replayed in this one.",
    ];

    public override bool LeavesFiles => true;

    public override int Execute(Invocation invocation)
    {
        RunOptionsBuilder builder = new();
        invocation.Set(builder, [_run, _runners]);
        invocation.Note(builder.Problems);
        invocation.ThrowIfRefused();
        string directory = invocation.Texts(_directory)[0];
        string file = Path.Combine(directory, "run.yaml");
        TrainingDisplay display = new(invocation.Console, File.Exists(file) ? RunOptionsFile.Read(file) : null, invocation.Has(_quiet), picture: null);
        return display.Run((observers, stop) => invocation.Services.Replay(directory, builder.Options.Run, builder.Options.Runners, observers, stop));
    }
}
