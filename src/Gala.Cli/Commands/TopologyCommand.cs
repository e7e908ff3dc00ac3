using Gala.Cli.Display;
using Gala.Gossip;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala topology</c>.</summary>
internal sealed class TopologyCommand : GalaCommand
{
    private const int MostAgents = 256; // the singular values take cubic time
    private const int DefaultAgents = 4;

    private readonly ValueOption _agents = new("--agents", "K", "Number of agents") { DefaultText = "4, or those of the file" };
    private readonly ValueOption _topology = RunOptionSet.One("--topology");
    private readonly ValueOption _svg = new("--svg", "FILE", "Draw the graph as an SVG picture");

    public TopologyCommand()
        : base("topology", "Shows who sends to whom, how agents mix, and how fast that makes them agree.")
    {
        Add(_agents);
        Add(_topology);
        Add(_svg);
    }

    public override IReadOnlyList<string> Examples => ["gala topology --agents 8 --topology one-peer-exponential --svg graph.svg"];

    public override IReadOnlyList<string> Notes =>
    [
        "beta is the factor by which one round of gossip shrinks the largest disagreement.",
        "beta / (1 - beta), times the root of the number of agents and their largest update,",
        "bounds how far an agent can be from the mean in lock-step gossip.",
        "A file says 'agents: 3' and 'edges: [0 -> 1, 1 <-> 2, 2 -> 0]', or 'rounds' of edges.",
    ];

    public override int Execute(Invocation invocation)
    {
        int? agents = (int?)invocation.Whole(_agents, 1, MostAgents);
        RunOptionsBuilder builder = new();
        invocation.Set(builder, [_topology]);
        invocation.Note(builder.Problems);
        invocation.ThrowIfRefused();
        Topology? topology = Find(builder.Options.Topology, agents, invocation);
        invocation.ThrowIfRefused();
        TopologyText.Write(invocation.Console.Out, topology!);
        if (invocation.Text(_svg) is { } file)
        {
            File.WriteAllText(file, TopologyPicture.Draw(topology!));
            invocation.Console.Out.WriteLine($"picture              {file}");
        }

        return 0;
    }

    private Topology? Find(string text, int? agents, Invocation invocation)
    {
        try
        {
            Topology topology = agents is null && RunTopology.IsFile(text) ? TopologyFile.Read(text) : RunTopology.Create(text, agents ?? DefaultAgents);
            return topology.Agents <= MostAgents ? topology : throw new ArgumentException($"expected a graph of up to {MostAgents} agents, not {topology.Agents}");
        }
        catch (ArgumentException exception)
        {
            invocation.Note(_topology.Name, exception.Message);
            return null;
        }
    }
}
