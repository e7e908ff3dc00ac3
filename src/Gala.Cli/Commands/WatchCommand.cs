using System.CommandLine;
using Gala.Cli.Watch;
using Gala.Environments;

namespace Gala.Cli.Commands;

/// <summary><c>gala watch</c>.</summary>
internal sealed class WatchCommand : GalaCommand
{
    private const double DefaultSpeed = 10;
    private const ulong DefaultSeed = 1;

    private readonly Argument<string> _directory = RunFolder();
    private readonly ValueOption _episodes = new("--episodes", "N", "Episodes to play") { DefaultText = "without end in a terminal, else 1" };
    private readonly ValueOption _steps = new("--steps", "N", "Steps to play at most") { DefaultText = "no limit" };
    private readonly ValueOption _agent = PlayOptions.Agent();
    private readonly ValueOption _speed = new("--speed", "X", "Steps per second in a terminal") { DefaultText = "10" };
    private readonly SwitchOption _greedy = PlayOptions.Greedy();
    private readonly ValueOption _seed = PlayOptions.Seed();
    private readonly ValueOption _picture = new("--picture", "FILE", "Write the last frame as an SVG picture") { Hidden = true };

    public WatchCommand()
        : base("watch", "Shows a trained agent playing in the terminal: what it sees, what it chooses, and what it expects.")
    {
        Add(_directory);
        Add(_episodes);
        Add(_steps);
        Add(_agent);
        Add(_speed);
        Add(_greedy);
        Add(_seed);
        Add(_picture);
    }

    public override IReadOnlyList<string> Examples =>
        ["gala watch runs/breakout", "gala watch runs/breakout --agent 2 --speed 30", "gala watch runs/breakout --steps 50 | less"];

    public override IReadOnlyList<string> Notes => ["Keys: q leaves, space pauses, + and - change the speed."];

    public override int Execute(Invocation invocation)
    {
        GalaConsole console = invocation.Console;
        WatchPlan plan = new()
        {
            Episodes = invocation.Whole(_episodes, 1, int.MaxValue) ?? (console.IsTerminal || invocation.Has(_steps) ? long.MaxValue : 1),
            Steps = invocation.Whole(_steps, 1, int.MaxValue) ?? long.MaxValue,
            StepsPerSecond = invocation.Real(_speed, 0.1, 1_000) ?? DefaultSpeed,
            Greedy = invocation.Has(_greedy),
            Seed = invocation.Seed(_seed) ?? DefaultSeed,
            Picture = invocation.Text(_picture),
        };
        int? agent = (int?)invocation.Whole(_agent, 0, int.MaxValue);
        invocation.ThrowIfRefused();
        using IWatchedPolicy policy = invocation.Services.LoadPolicy(invocation.Texts(_directory)[0], agent);
        IEnvironment environment = EnvironmentRegistry.Default.Create(policy.Environment);
        using IDisposable? held = environment as IDisposable;
        return new WatchSession(console, plan, new Play(environment, policy, plan)).Run();
    }
}
