using System.Globalization;
using Gala.Cli.Display;
using Gala.Environments;
using Gala.Gossip;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala train</c>.</summary>
internal sealed class TrainCommand : GalaCommand
{
    private readonly IReadOnlyList<ValueOption> _runOptions = RunOptionSet.All();
    private readonly ValueOption _config = new("--config", "FILE", "YAML file of options; those of the command line win over it");
    private readonly SwitchOption _quiet = new("--quiet", "Print plain lines instead of the live table");
    private readonly ValueOption _picture = new("--picture", "FILE", "Write the last live table as an SVG picture") { Hidden = true };

    public TrainCommand()
        : base("train", "Starts a run: trains agents and keeps everything about it in a folder.")
    {
        foreach (ValueOption option in _runOptions)
        {
            Add(option);
        }

        Add(_config);
        Add(_quiet);
        Add(_picture);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gala train --environment minatar/breakout --agents 4 --frames 3m",
        "gala train --architecture a2c --environment classic/cartpole --simulators 16 --frames 500k",
        "gala train --agents 4 --deterministic --seed 7 --run runs/seven",
        "gala train --config runs/seven/run.yaml --run runs/again",
        "mpirun -n 4 gala train --transport mpi --agents 2 --frames 10m --run runs/cluster",
    ];

    public override IReadOnlyList<string> Notes =>
    [
        "Numbers may be written as 3m, 500k or 7e-4. auto leaves an option to its default.",
        "Ctrl-C writes a checkpoint and summary.json, then leaves; again, it leaves at once.",
    ];

    public override bool LeavesFiles => true;

    public override int Execute(Invocation invocation)
    {
        RunOptionsBuilder builder = new();
        if (invocation.Text(_config) is { } file)
        {
            builder.AddFile(file);
        }

        invocation.Set(builder, _runOptions);
        return Clusters.Run(invocation, builder.Options.Transport, (cluster, console) => Train(invocation, builder, cluster, console));
    }

    private int Train(Invocation invocation, RunOptionsBuilder builder, ICluster cluster, GalaConsole console)
    {
        if (cluster.Processes > 1 && builder.Options.Processes == 1)
        {
            builder.Set("--processes", cluster.Processes.ToString(CultureInfo.InvariantCulture));
        }

        RunOptions options = new();
        try
        {
            options = builder.Build(EnvironmentRegistry.Default.SpecOf);
        }
        catch (InvalidOptionsException invalid)
        {
            invocation.Note(invalid.Problems);
        }

        invocation.ThrowIfRefused();
        TrainingDisplay display = new(console, options, invocation.Has(_quiet), invocation.Text(_picture));
        return display.Run((observers, stop) => invocation.Services.Start(options, observers, stop, cluster));
    }
}
