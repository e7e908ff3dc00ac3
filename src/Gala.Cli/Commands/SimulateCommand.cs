using Gala.Cli.Display;
using Gala.Gossip;
using Gala.Measuring.Clusters;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala simulate</c>.</summary>
internal sealed class SimulateCommand : GalaCommand
{
    private const int MostAgents = 4_096;
    private const int MostOfComplete = 512; // a quarter of a million edges
    private const string DefaultAgents = "16";

    private readonly ValueOption _agents = new("--agents", "N|N..M", "Number of agents, or a range: N, 2 N, 4 N, … M") { DefaultText = DefaultAgents };
    private readonly ValueOption _topology = RunOptionSet.One("--topology");
    private readonly ClusterOptionSet _cluster = new();
    private readonly ValueOption _svg = new("--svg", "FILE", "Plot the figures by size");
    private readonly SwitchOption _json = BenchOptions.Json();

    public SimulateCommand()
        : base("simulate", "Lets real gossip run on a simulated cluster: distance, staleness, waits and traffic.")
    {
        Add(_agents);
        Add(_topology);
        foreach (ValueOption option in _cluster.Values)
        {
            Add(option);
        }

        Add(_cluster.PushSum);
        Add(_svg);
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
        ClusterOptions options = _cluster.Read(invocation);
        List<Topology> topologies = Graphs(invocation);
        invocation.ThrowIfRefused();
        ClustersMeasurement measured = ClusterSimulation.Run(options, topologies, invocation.Tell);
        invocation.Show(_json, measured, ClusterTable.Write);
        if (invocation.Text(_svg) is { } file)
        {
            File.WriteAllText(file, ClusterCharts.BySize(measured).ToSvg());
        }

        return 0;
    }

    private List<Topology> Graphs(Invocation invocation)
    {
        (int first, int last) = Sizes(invocation);
        RunOptionsBuilder builder = new();
        invocation.Set(builder, [_topology]);
        invocation.Note(builder.Problems);
        List<Topology> graphs = [];
        try
        {
            if (builder.Options.Topology == Topologies.Complete && last > MostOfComplete)
            {
                throw new ArgumentException($"expected at most {MostOfComplete} agents on a complete graph, whose edges grow with the square, not {last}");
            }

            for (int agents = first; agents <= last; agents *= 2)
            {
                graphs.Add(RunTopology.Create(builder.Options.Topology, agents));
            }
        }
        catch (ArgumentException exception)
        {
            invocation.Note(_topology.Name, exception.Message);
        }

        return graphs;
    }

    private (int First, int Last) Sizes(Invocation invocation)
    {
        string text = invocation.Text(_agents) ?? DefaultAgents;
        string[] ends = text.Split("..");
        if (ends.Length <= 2 && Size(ends[0]) is { } first && Size(ends[^1]) is { } last && first <= last)
        {
            return (first, last);
        }

        invocation.Note(_agents.Name, $"expected a number of agents from 1 to {MostAgents}, or a range such as 2..{MostAgents}, not '{text}'");
        return (1, 1);
    }

    private static int? Size(string text) => HumanNumber.TryParseWhole(text, out decimal value) && value is >= 1 and <= MostAgents ? (int)value : null;
}
