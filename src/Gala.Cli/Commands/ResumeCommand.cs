using System.CommandLine;
using Gala.Cli.Display;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala resume</c>.</summary>
internal sealed class ResumeCommand : GalaCommand
{
    private readonly Argument<string> _directory = RunFolder();
    private readonly ValueOption _frames = RunOptionSet.One("--frames", "the run's own");
    private readonly SwitchOption _quiet = new("--quiet", "Print plain lines instead of the live table");

    public ResumeCommand()
        : base("resume", "Goes on with a run from its newest whole checkpoint.")
    {
        Add(_directory);
        Add(_frames);
        Add(_quiet);
    }

    public override IReadOnlyList<string> Examples => ["gala resume runs/breakout", "gala resume runs/breakout --frames 10m"];

    public override bool LeavesFiles => true;

    public override int Execute(Invocation invocation)
    {
        RunOptionsBuilder builder = new();
        invocation.Set(builder, [_frames]);
        invocation.Note(builder.Problems);
        invocation.ThrowIfRefused();
        string directory = invocation.Texts(_directory)[0];
        long? frames = invocation.Has(_frames) ? builder.Options.Frames : null;
        RunOptions? options = OptionsOf(directory);
        return Clusters.Run(invocation, options?.Transport ?? "memory", (cluster, console) =>
        {
            TrainingDisplay display = new(console, options, invocation.Has(_quiet), picture: null);
            return display.Run((observers, stop) => invocation.Services.Resume(directory, frames, observers, stop, cluster));
        });
    }

    /// <summary>For the heading and the transport only; whether the folder holds a run is for the library to say.</summary>
    private static RunOptions? OptionsOf(string directory)
    {
        string file = Path.Combine(directory, "run.yaml");
        return File.Exists(file) ? RunOptionsFile.Read(file) : null;
    }
}
