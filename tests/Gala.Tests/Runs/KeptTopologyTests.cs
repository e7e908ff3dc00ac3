using System.Text;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>A run keeps the graph that it was started with, whatever becomes of the file.</summary>
public sealed class KeptTopologyTests : IDisposable
{
    private const string Chain = "# mine\r\nagents: 3\nedges: [0 <-> 1, 1 <-> 2]\n";
    private const string Ring = "agents: 3\nedges: [0 -> 1, 1 -> 2, 2 -> 0]\n";

    private static readonly RunOptions Small = new()
    {
        Environment = "classic/cartpole",
        Agents = 3,
        Simulators = 2,
        Frames = 600,
        Seed = 5,
        Deterministic = true,
        LearningRateSchedule = "constant",
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Start_GraphOfAFile_IsCopiedByteForByteAndNamedInTheRun()
    {
        string graph = Write("graph.yaml", Chain);
        _ = TrainingRun.Start(Small with { Topology = graph, Run = _folder["run"] }, [], CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(graph), File.ReadAllBytes(_folder["run/run.topology.yaml"]));
        Assert.Contains("\ntopology: run.topology.yaml\n", File.ReadAllText(_folder["run/run.yaml"]));
        Assert.Equal(_folder["run/run.topology.yaml"], RunFolder.Open(_folder["run"]).ReadOptions().Topology);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Ring)]
    [InlineData("agents: 7")]
    public void Resume_FileGoneOrChangedSince_GoesOnWithTheGraphOfTheStart(string? content)
    {
        string graph = Write("graph.yaml", Chain);
        RunOptions options = Small with { Topology = graph };
        string whole = TrainingRun.Start(options with { Run = _folder["whole"] }, [], CancellationToken.None).Summary.ParametersSha256;
        string ring = TrainingRun.Start(options with { Topology = "ring", Run = _folder["ring"] }, [], CancellationToken.None).Summary.ParametersSha256;
        _ = TrainingRun.Start(options with { Frames = 300, Run = _folder["run"] }, [], CancellationToken.None);
        File.Delete(graph);
        if (content is not null)
        {
            Write("graph.yaml", content);
        }

        string resumed = TrainingRun.Resume(_folder["run"], options.Frames, [], CancellationToken.None).Summary.ParametersSha256;

        Assert.Equal(whole, resumed);
        Assert.NotEqual(ring, resumed);
        Assert.Contains("\ntopology: run.topology.yaml\n", File.ReadAllText(_folder["run/run.yaml"]));
    }

    [Fact]
    public void Resume_CopyIsGone_IsRefusedAndNoOtherFileIsTaken()
    {
        _ = TrainingRun.Start(Small with { Topology = Write("graph.yaml", Chain), Run = _folder["run"] }, [], CancellationToken.None);
        File.Delete(_folder["run/run.topology.yaml"]);
        string message = Assert.Throws<InvalidOptionsException>(() => TrainingRun.Resume(_folder["run"], 1_200, [], CancellationToken.None)).Message;
        Assert.StartsWith($"--topology: cannot read '{_folder["run/run.topology.yaml"]}': there is no such file", message);
    }

    [Fact]
    public void Resume_RunThatNamesAnOutsideFile_TakesThatAndKeepsIt()
    {
        string graph = Write("graph.yaml", Chain);
        _ = TrainingRun.Start(Small with { Topology = graph, Run = _folder["run"] }, [], CancellationToken.None);
        string yaml = File.ReadAllText(_folder["run/run.yaml"]).Replace("run.topology.yaml", graph, StringComparison.Ordinal); // as once
        File.WriteAllText(_folder["run/run.yaml"], yaml);
        File.Delete(_folder["run/run.topology.yaml"]);
        Assert.Equal(1_200, TrainingRun.Resume(_folder["run"], 1_200, [], CancellationToken.None).Summary.Frames);
        Assert.Equal(Chain, File.ReadAllText(_folder["run/run.topology.yaml"]));
    }

    [Fact]
    public void Start_ConfigurationOfARun_TakesTheGraphBesideIt()
    {
        _ = TrainingRun.Start(Small with { Topology = Write("graph.yaml", Chain), Run = _folder["run"] }, [], CancellationToken.None);
        RunOptions again = RunOptionsFile.Read(_folder["run/run.yaml"]);
        Assert.Equal(_folder["run/run.topology.yaml"], again.Topology);
        _ = TrainingRun.Start(again with { Run = _folder["again"] }, [], CancellationToken.None);
        Assert.Equal(Chain, File.ReadAllText(_folder["again/run.topology.yaml"]));
    }

    [Fact]
    public void AddFile_RelativePath_IsLookedForBesideTheFileFirst()
    {
        Write("beside.yaml", Chain);
        Assert.Equal(_folder["beside.yaml"], RunOptionsFile.Read(Write("a.yaml", "topology: beside.yaml")).Topology);
        Assert.Equal("elsewhere.yaml", RunOptionsFile.Read(Write("b.yaml", "topology: elsewhere.yaml")).Topology); // of the working directory
        Assert.Equal("ring", RunOptionsFile.Read(Write("c.yaml", "topology: ring")).Topology);
    }

    [Fact]
    public void Start_OtherGraphInOneProcess_IsRefused()
    {
        string[] graphs = [Write("0.yaml", Chain), Write("1.yaml", Ring)];
        Exception?[] failures = ThreadCluster.Run(2, cluster =>
        {
            // What each machine finds under the same name.
            RunOptions options = Small with { Topology = _folder["graph.yaml"], Agents = 2, Run = _folder["run"] };
            ClusterFolder.Create(options, cluster, Encoding.UTF8.GetBytes(File.ReadAllText(graphs[cluster.Process]))).Dispose();
        });
        Assert.Contains("process 1 read another graph for 'topology' than process 0", Assert.IsType<InvalidRunException>(failures[1]).Message);
    }

    [Fact]
    public void Start_GraphOverProcesses_EveryOneKeepsIt()
    {
        string graph = Write("graph.yaml", "agents: 4\nedges: [0 <-> 1, 1 <-> 2, 2 <-> 3]\n");
        RunOptions options = Small with { Topology = graph, Agents = 2, Transport = "mpi", Processes = 2, Deterministic = false, Run = _folder["run"] };
        Assert.All(ThreadCluster.Run(2, cluster => TrainingRun.Start(options, [], CancellationToken.None, cluster)), Assert.Null);
        File.Delete(graph);
        Assert.All(ThreadCluster.Run(2, cluster => TrainingRun.Resume(_folder["run"], 1_200, [], CancellationToken.None, cluster)), Assert.Null);
        Assert.Equal(File.ReadAllText(_folder["run/run.topology.yaml"]), File.ReadAllText(_folder["run/rank-1/run.topology.yaml"]));
    }

    [Theory]
    [InlineData(3, 2, "set --agents 3")]
    [InlineData(4, 1, "set --agents 6")]
    [InlineData(1, 4, "start 1, 2, 3 or 6 processes")]
    public void Resolve_GraphOfOtherAgents_AdvisesWhatWouldDo(int agents, int processes, string advice)
    {
        string graph = Write("graph.yaml", "agents: 6\nedges: [0 -> 1, 1 -> 2, 2 -> 3, 3 -> 4, 4 -> 5, 5 -> 0]\n");
        RunOptions options = Small with { Topology = graph, Agents = agents, Processes = processes, Transport = processes > 1 ? "mpi" : "memory", Deterministic = false };
        if (agents * processes == 6)
        {
            _ = RunDefaults.Resolve(options, Specs);
            return;
        }

        string message = Assert.Throws<InvalidOptionsException>(() => RunDefaults.Resolve(options, Specs)).Message;
        Assert.EndsWith(advice, message);
    }

    private static Environments.EnvironmentSpec Specs(string id) => Environments.EnvironmentRegistry.Default.Create(id).Spec;

    private string Write(string name, string content) => _folder.Write(name, Encoding.UTF8.GetBytes(content));
}
