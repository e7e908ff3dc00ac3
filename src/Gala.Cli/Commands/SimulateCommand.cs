using Gala.Cli.Display;
using Gala.Gossip;
using Gala.Measuring.Clusters;
using Gala.Networks;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala simulate</c>.</summary>
internal sealed class SimulateCommand : GalaCommand
{
    private const int MostAgents = 4_096;
    private const int MostOfComplete = 512; // a quarter of a million edges
    private const int DefaultAgents = 16;

    private readonly ValueOption _agents = new("--agents", "N|N..M", "Number of agents, or a range: N, 2 N, 4 N, … M") { DefaultText = "16" };
    private readonly ValueOption _topology = RunOptionSet.One("--topology");
    private readonly ValueOption _delay = new("--delay", "DIST", "How long messages travel") { DefaultText = "lognormal/0.5/2ms" };
    private readonly ValueOption _compute = new("--compute", "DIST", "How long updates take") { DefaultText = "lognormal/0.2/10ms" };
    private readonly ValueOption _loss = new("--loss", "P", "Probability that a message is lost") { DefaultText = "0" };
    private readonly ValueOption _slow = new("--slow", "COUNT/FACTOR", "So many agents take so many times longer to compute") { DefaultText = "none" };
    private readonly ValueOption _maxStaleness = RunOptionSet.One("--max-staleness", "16");
    private readonly ValueOption _updates = new("--updates", "N", "Updates of each agent") { DefaultText = "200" };
    private readonly ValueOption _parameters = new("--parameters", "P|NETWORK", "Parameters of each message, or a network's") { DefaultText = "minatar" };
    private readonly ValueOption _seed = new("--seed", "S", "Decides every random number") { DefaultText = "0" };
    private readonly SwitchOption _pushSum = new("--push-sum", "Mix by push-sum, which needs a network without loss");
    private readonly ValueOption _svg = new("--svg", "FILE", "Plot the figures by size");
    private readonly SwitchOption _json = BenchOptions.Json();

    public SimulateCommand()
        : base("simulate", "Lets real gossip run on a simulated cluster: distance, staleness, waits and traffic.")
    {
        Array.ForEach([_agents, _topology, _delay, _compute, _loss, _slow, _maxStaleness, _updates, _parameters, _seed, _svg], Add);
        Add(_pushSum);
        Add(_json);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gala simulate --agents 64 --topology exponential --delay lognormal/1/5ms",
        "gala simulate --agents 2..4096 --topology exponential --svg cost.svg",
        "gala simulate --agents 16 --slow 1/10 --max-staleness 4",
    ];

    public override IReadOnlyList<string> Notes =>
    [
        "DIST is " + DurationDistribution.Forms + ".",
        "Agents step in random directions, so distances show gossip and not learning. Equal options give equal figures.",
    ];

    public override int Execute(Invocation invocation)
    {
        (int first, int last) = Sizes(invocation);
        ClusterOptions options = Cluster(invocation);
        if (options.Topology == Topologies.Complete && last > MostOfComplete)
        {
            invocation.Note(_agents.Name, $"expected at most {MostOfComplete} for a complete graph, whose edges grow with the square, not {last}");
        }

        invocation.ThrowIfRefused();
        ClustersMeasurement measured = ClusterSimulation.Run(options, Doubling(first, last), invocation.Tell);
        invocation.Show(_json, measured, ClusterTable.Write);
        if (invocation.Text(_svg) is { } file)
        {
            File.WriteAllText(file, ClusterCharts.BySize(measured).ToSvg());
        }

        return 0;
    }

    private static IEnumerable<int> Doubling(int first, int last)
    {
        for (int agents = first; agents <= last; agents *= 2)
        {
            yield return agents;
        }
    }

    private ClusterOptions Cluster(Invocation invocation)
    {
        RunOptionsBuilder builder = new();
        invocation.Set(builder, [_topology, _maxStaleness]);
        invocation.Note(builder.Problems);
        ClusterOptions defaults = new();
        (int slowAgents, double slowness) = Slow(invocation);
        double loss = invocation.Real(_loss, 0, 1) ?? 0;
        bool pushSum = invocation.Has(_pushSum);
        if (pushSum && loss > 0)
        {
            invocation.Note(_pushSum.Name, "needs a network that loses nothing; leave out --loss");
        }

        return new ClusterOptions
        {
            Topology = builder.Options.Topology,
            Delay = Distribution(invocation, _delay) ?? defaults.Delay,
            Compute = Distribution(invocation, _compute) ?? defaults.Compute,
            Loss = loss,
            SlowAgents = slowAgents,
            Slowness = slowness,
            MaxStaleness = builder.Options.MaxStaleness ?? defaults.MaxStaleness,
            Updates = invocation.Whole(_updates, 2, 1_000_000) ?? defaults.Updates,
            Parameters = Parameters(invocation),
            Seed = (ulong)(invocation.Whole(_seed, 0, long.MaxValue) ?? 0),
            PushSum = pushSum,
        };
    }

    private (int First, int Last) Sizes(Invocation invocation)
    {
        string text = invocation.Text(_agents) ?? $"{DefaultAgents}";
        string[] ends = text.Split("..");
        if (ends.Length <= 2 && Size(ends[0]) is { } first && Size(ends[^1]) is { } last && first <= last)
        {
            return (first, last);
        }

        invocation.Note(_agents.Name, $"expected a number of agents from 1 to {MostAgents}, or a range such as 2..{MostAgents}, not '{text}'");
        return (1, 1);
    }

    private static int? Size(string text) => HumanNumber.TryParseWhole(text, out decimal value) && value is >= 1 and <= MostAgents ? (int)value : null;

    private static DurationDistribution? Distribution(Invocation invocation, ValueOption option)
    {
        if (invocation.Text(option) is not { } text)
        {
            return null;
        }

        DurationDistribution? distribution = DurationDistribution.TryParse(text);
        if (distribution is null)
        {
            invocation.Note(option.Name, $"expected {DurationDistribution.Forms}, not '{text}'");
        }

        return distribution;
    }

    private (int Agents, double Factor) Slow(Invocation invocation)
    {
        if (invocation.Text(_slow) is not { } text)
        {
            return (0, 1);
        }

        if (text.Split('/') is [string count, string times] && HumanNumber.TryParseWhole(count, out decimal agents) && agents is >= 1 and <= MostAgents
            && HumanNumber.TryParseReal(times, out double factor) && factor is >= 1 and <= 1e6)
        {
            return ((int)agents, factor);
        }

        invocation.Note(_slow.Name, $"expected a number of agents and a factor such as 1/10, not '{text}'");
        return (0, 1);
    }

    private long Parameters(Invocation invocation)
    {
        string text = invocation.Text(_parameters) ?? "minatar";
        if (NetworkPresets.Names.Contains(text))
        {
            return ClusterOptions.ParametersOf(text);
        }

        if (HumanNumber.TryParseWhole(text, out decimal value) && value is >= 1 and <= 1_000_000_000_000)
        {
            return (long)value;
        }

        invocation.Note(_parameters.Name, $"expected a number such as 6.8m or one of {string.Join(", ", NetworkPresets.Names)}, not '{text}'");
        return 1;
    }
}
