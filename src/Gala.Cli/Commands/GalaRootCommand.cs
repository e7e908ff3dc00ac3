namespace Gala.Cli.Commands;

/// <summary><c>gala</c> itself.</summary>
internal sealed class GalaRootCommand : GalaCommand
{
    public GalaRootCommand()
        : base("gala", "Trains deep-reinforcement-learning agents that learn alone and agree by gossip (GALA), "
            + "shows how they do, and lets them play.")
    {
        Add(new TrainCommand());
        Add(new ResumeCommand());
        Add(new ReplayCommand());
        Add(new EvaluateCommand());
        Add(new WatchCommand());
        Add(new EnvironmentsCommand());
        Add(new TopologyCommand());
        Add(new SimulateCommand());
        Add(new BenchCommand());
        Add(new SweepCommand());
        Add(new ReproduceCommand());
        Add(Help);
        Add(Verbose);
        Add(Version);
    }

    public SwitchOption Help { get; } = new("--help", "Explain a command", "-h", "-?") { Recursive = true };

    public SwitchOption Verbose { get; } = new("--verbose", "Show where in the program an error arose") { Recursive = true };

    public SwitchOption Version { get; } = new("--version", "Say which version this is");

    public override IReadOnlyList<string> Examples =>
    [
        "gala train --environment minatar/breakout --agents 4 --frames 3m --run runs/breakout",
        "gala evaluate runs/breakout --episodes 100",
        "gala watch runs/breakout",
        "gala train --help",
    ];

    public override int Execute(Invocation invocation)
    {
        invocation.ThrowIfRefused();
        HelpPage.Write(invocation.Console.Out, this, Name, invocation.Console.Width);
        return 0;
    }
}
