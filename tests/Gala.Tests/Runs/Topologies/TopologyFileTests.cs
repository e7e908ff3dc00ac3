using Gala.Gossip;
using Gala.Runs;

namespace Gala.Tests.Runs.Topologies;

public sealed class TopologyFileTests
{
    [Fact]
    public void Parse_Edges_IsTheirGraph()
    {
        EdgeListTopology topology = TopologyFile.Parse("# mine\nagents: 3\nedges:\n  - 0 -> 1\n  - 1 <-> 2\n  - 2 -> 0\n", "graph.yaml");
        Assert.Equal((3, 1, "graph.yaml"), (topology.Agents, topology.Period, topology.Name));
        Assert.Equal([1], topology.OutPeers(0).ToArray());
        Assert.Equal([2], topology.OutPeers(1).ToArray());
        Assert.Equal([0, 1], topology.OutPeers(2).ToArray());
    }

    [Fact]
    public void Parse_Rounds_ComeInTurn()
    {
        EdgeListTopology topology = TopologyFile.Parse("rounds: [[0 <-> 1, 2 <-> 3], [0 <-> 2, 1 <-> 3]]\nagents: 4", "graph.yaml");
        Assert.Equal(2, topology.Period);
        Assert.Equal([2], topology.InPeers(3, 4).ToArray());
        Assert.Equal([1], topology.InPeers(3, 5).ToArray());
    }

    [Theory]
    [InlineData("agents: 2\nedges: [0 => 1]", "graph.yaml, line 2: expected an edge such as 0 -> 1 or 0 <-> 1, not '0 => 1'.")]
    [InlineData("agents: 2\nedges: [[0, 1]]", "graph.yaml, line 2: expected an edge such as 0 -> 1 or 0 <-> 1.")]
    [InlineData("agents: 2\nedges: 0 -> 1", "graph.yaml, line 2: expected a list of edges.")]
    [InlineData("agents: 2\nrounds: [0 -> 1]", "graph.yaml, line 2: expected a list of edges.")]
    [InlineData("agents: 2\nedges: [0 <-> 1]\nrounds: [[0 -> 1]]", "graph.yaml, line 3: 'edges' are those of every round, so there are no 'rounds' besides; keep one.")]
    [InlineData("agents: many", "graph.yaml, line 1: expected a whole number of agents from 1 to 1,024, not 'many'.")]
    [InlineData("agents: 2000", "graph.yaml, line 1: expected a whole number of agents from 1 to 1,024, not '2000'.")]
    [InlineData("agents: 2\nagents: 2", "graph.yaml, line 2: 'agents' is given twice; keep one.")]
    [InlineData("agents: 2\nnodes: 3", "graph.yaml, line 2: unknown key 'nodes'; expected agents, edges or rounds.")]
    [InlineData("agents: 2", "graph.yaml, line 1: expected the number of 'agents', and 'edges' or 'rounds' of edges.")]
    [InlineData("edges: []", "graph.yaml, line 1: expected the number of 'agents', and 'edges' or 'rounds' of edges.")]
    [InlineData("", "graph.yaml, line 1: expected lines of the form 'agents: 4'.")]
    [InlineData("- 1", "graph.yaml, line 1: expected lines of the form 'agents: 4'.")]
    [InlineData("agents: 2\nedges: [0 -> 1]", "graph.yaml: nothing that agent 1 sends ever reaches agent 0, so they never agree; add edges.")]
    [InlineData("agents: 2\nedges: [0 -> 1, 1 -> 2]", "graph.yaml: edge 1 -> 2 names an agent that is not there: expected 0 to 1.")]
    public void Parse_NoGraph_SaysInOneLineWhereAndWhatWouldDo(string yaml, string expected) =>
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => TopologyFile.Parse(yaml, "graph.yaml")).Message);

    [Theory]
    [InlineData("agents: 2\nedges: [0 -> 1")]
    [InlineData("agents: &a 2\nedges: *b")]
    [InlineData("\t")]
    [InlineData("agents: 2\nedges: [*a]")]
    [InlineData("a: b: c")]
    public void Parse_BrokenYaml_IsOneLine(string yaml)
    {
        string message = Assert.Throws<ArgumentException>(() => TopologyFile.Parse(yaml, "graph.yaml")).Message;
        Assert.StartsWith("graph.yaml, line ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Create_AFile_MustHaveTheRunsAgents()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "graph.yaml");
        File.WriteAllText(path, "agents: 2\nedges: [0 <-> 1]");
        Assert.Equal(path, RunTopology.Create(path, 2).Name);
        Assert.Equal($"'{path}' is a graph of 2 agents, not of 4: set --agents 2", Assert.Throws<ArgumentException>(() => RunTopology.Create(path, 4)).Message);
    }
}
