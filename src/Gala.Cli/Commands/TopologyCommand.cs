using System.Globalization;
using Gala.Gossip;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala topology</c>.</summary>
internal sealed class TopologyCommand : GalaCommand
{
    private const int MostAgents = 256; // the singular values take cubic time
    private const int MostPrinted = 16;
    private const int DefaultAgents = 4;

    private readonly ValueOption _agents = new("--agents", "K", "Number of agents") { DefaultText = "4" };
    private readonly ValueOption _topology = RunOptionSet.One("--topology");

    public TopologyCommand()
        : base("topology", "Shows who sends to whom, how agents mix, and how fast that makes them agree.")
    {
        Add(_agents);
        Add(_topology);
    }

    public override IReadOnlyList<string> Examples => ["gala topology --agents 8 --topology exponential"];

    public override IReadOnlyList<string> Notes =>
    [
        "beta is the factor by which one round of gossip shrinks the largest disagreement.",
        "beta / (1 - beta), times the root of the number of agents and their largest update,",
        "bounds how far an agent can be from the mean in lock-step gossip.",
    ];

    public override int Execute(Invocation invocation)
    {
        int agents = (int)(invocation.Whole(_agents, 1, MostAgents) ?? DefaultAgents);
        RunOptionsBuilder builder = new();
        invocation.Set(builder, [_topology]);
        invocation.Note(builder.Problems);
        invocation.ThrowIfRefused();
        Write(invocation.Console.Out, Topologies.Create(builder.Options.Topology, agents));
        return 0;
    }

    private static void Write(TextWriter output, Topology topology)
    {
        output.WriteLine($"{topology.Name}, {topology.Agents} agents");
        output.WriteLine();
        WritePeers(output, topology);
        output.WriteLine();
        WriteMatrix(output, topology);
        output.WriteLine();
        output.WriteLine($"stochastic           {Stochastic(topology)}");
        output.WriteLine($"beta                 {Number(topology.ContractionFactor)}");
        output.WriteLine($"spectral gap         {Number(topology.SpectralGap)}  (1 - beta)");
        output.WriteLine($"bound factor         {Number(topology.BoundFactor)}  (beta / (1 - beta))");
    }

    private static void WritePeers(TextWriter output, Topology topology)
    {
        string[] targets = [.. Enumerable.Range(0, topology.Agents).Select(agent => Ranks(topology.OutPeers(agent)))];
        int column = Math.Max("sends to".Length, targets.Max(text => text.Length)) + 2;
        output.WriteLine($"agent  {"sends to".PadRight(column)}receives from");
        for (int agent = 0; agent < topology.Agents; agent++)
        {
            output.WriteLine($"{agent,5}  {targets[agent].PadRight(column)}{Ranks(topology.InPeers(agent))}");
        }
    }

    private static void WriteMatrix(TextWriter output, Topology topology)
    {
        double[,] matrix = topology.MixingMatrix();
        if (topology.Agents > MostPrinted)
        {
            output.WriteLine($"mixing matrix P: {topology.Agents} x {topology.Agents}, printed for up to {MostPrinted} agents");
            return;
        }

        output.WriteLine("mixing matrix P (row: receives, column: sends)");
        for (int row = 0; row < topology.Agents; row++)
        {
            output.WriteLine(string.Concat(Enumerable.Range(0, topology.Agents)
                .Select(column => matrix[row, column] == 0 ? "     ." : matrix[row, column].ToString("F3", CultureInfo.InvariantCulture).PadLeft(6))));
        }
    }

    private static string Stochastic(Topology topology) => topology.KeepsMean
        ? "doubly: agents that agree stay so, and the mean is kept"
        : "row: agents that agree stay so; the mean takes push-sum";

    private static string Ranks(ReadOnlySpan<int> ranks) => ranks.IsEmpty ? "-" : string.Join(' ', ranks.ToArray());

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("F4", CultureInfo.InvariantCulture) : "infinite";
}
