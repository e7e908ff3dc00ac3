using System.Text;
using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>A start that is refused leaves nothing that would refuse the next one, and never takes what is not its own.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private static readonly RunOptions Small = new() { Environment = "classic/cartpole", Agents = 2, Simulators = 4, Frames = 400, Seed = 5 };
    private static int _registered;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Start_EnvironmentThatCannotBeMadeOften_LeavesNoFolder()
    {
        RunOptions options = Small with { Environment = Register(() => throw new InvalidOperationException("no fifth one"), after: 5), Run = _folder["run"] };
        Assert.EndsWith("no fifth one", Assert.Throws<EnvironmentException>(() => Start(options)).Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal(400, Start(Small with { Run = _folder["run"] }).Summary.Frames);
    }

    [Fact]
    public void Start_RefusedInAnEmptyFolder_LeavesItEmpty()
    {
        Directory.CreateDirectory(_folder["run"]);
        RunOptions options = Small with { Environment = Register(() => throw new InvalidOperationException(), after: 5), Run = _folder["run"] };
        Assert.Throws<EnvironmentException>(() => Start(options));
        Assert.Empty(Directory.GetFileSystemEntries(_folder["run"]));
    }

    [Fact]
    public void Start_RefusedWhileSomebodyWritesThere_LeavesOnlyWhatIsNotItsOwn()
    {
        string environment = Register(
            () =>
            {
                _folder.Write("run/thesis.txt", [1]);
                throw new InvalidOperationException();
            },
            after: 5);
        Assert.Throws<EnvironmentException>(() => Start(Small with { Environment = environment, Run = _folder["run"] }));
        Assert.Equal([_folder["run/thesis.txt"]], Directory.GetFileSystemEntries(_folder["run"]));
    }

    [Fact]
    public void Start_WhereAStartWasKilled_StartsAnew()
    {
        LeaveAsKilled(_folder["run"]);
        LeaveAsKilled(_folder["run/rank-1"]);
        Assert.Equal(400, Start(Small with { Run = _folder["run"] }).Summary.Frames);
        Assert.False(Path.Exists(_folder["run/rank-1"]));
    }

    [Fact]
    public void Start_OverProcessesWhereAStartWasKilled_StartsAnew()
    {
        RunOptions options = Small with { Transport = "mpi", Processes = 2, Run = _folder["run"] };
        LeaveAsKilled(_folder["run"]);
        LeaveAsKilled(_folder["run/rank-1"]);
        Assert.All(ThreadCluster.Run(2, cluster => TrainingRun.Start(options, [], CancellationToken.None, cluster)), Assert.Null);
        Assert.True(File.Exists(_folder["run/rank-1/summary.json"]));
    }

    [Theory]
    [InlineData("run/metrics.jsonl", "run.yaml, but no checkpoint to go on from; choose another one, or delete it")]
    [InlineData("run/log.txt", "run.yaml, but no checkpoint to go on from; choose another one, or delete it")]
    [InlineData("run/tensorboard/events.out.tfevents.1", "run.yaml, but no checkpoint to go on from; choose another one, or delete it")]
    [InlineData("run/tensorboard/notes.txt", "run.yaml, but no checkpoint to go on from; choose another one, or delete it")]
    [InlineData("run/thesis.txt", "run.yaml, but no checkpoint to go on from; choose another one, or delete it")]
    [InlineData("run/rank-1/thesis.txt", "run.yaml, but no checkpoint to go on from; choose another one, or delete it")]
    [InlineData("run/checkpoints/000000000100/checkpoint.json", "holds a run; choose another one, or go on with it: TrainingRun.Resume")]
    public void Start_WhereSomethingWasTrained_IsRefusedAndTouchesNothing(string file, string expected)
    {
        LeaveAsKilled(_folder["run"]);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
        _folder.Write(file, new byte[200]);
        string[] before = Content();
        Assert.EndsWith(expected, Assert.Throws<InvalidRunException>(() => Start(Small with { Run = _folder["run"] })).Message);
        Assert.Equal(before, Content());
    }

    [Fact]
    public void Start_FolderWithAConfigurationOfTheUser_TouchesNothing()
    {
        Directory.CreateDirectory(_folder["run"]);
        _folder.Write("run/run.yaml", Encoding.UTF8.GetBytes("# mine\nagents: 2\n"));
        string[] before = Content();
        Assert.Throws<InvalidRunException>(() => Start(Small with { Run = _folder["run"] }));
        Assert.Equal(before, Content());
    }

    [Fact]
    public void Start_WhereAnotherOneIsAboutToTrain_SaysSo()
    {
        using RunFolder other = RunFolder.Create(_folder["run"]);
        Assert.Equal(
            $"--run: another process trains in the folder '{_folder["run"]}'; choose another one",
            Assert.Throws<InvalidRunException>(() => Start(Small with { Run = _folder["run"] })).Message);
    }

    [Fact]
    public void Start_OneProcessCannotMakeItsFolder_AllAreRefusedAndNoneLeavesAnything()
    {
        // So deep that run.yaml of process 0 still has a path that the system takes, and that in rank-1 has not.
        string path = _folder.Path;
        while (path.Length < 4_079)
        {
            path = Path.Combine(path, new string('d', Math.Min(200, 4_078 - path.Length)));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        RunOptions options = RunDefaults.Resolve(Small with { Transport = "mpi", Processes = 2 }, id => EnvironmentRegistry.Default.Create(id).Spec);
        Exception?[] failures = ThreadCluster.Run(2, cluster => ClusterFolder.Create(options with { Run = path }, cluster).Dispose());
        Assert.All(failures, failure => Assert.True(Assert.IsType<InvalidRunException>(failure).IsOfAllProcesses));
        Assert.Equal(failures[0]!.Message, failures[1]!.Message);
        Assert.False(Path.Exists(path));
        Assert.True(Path.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public void Resume_Refused_TouchesNothing()
    {
        _ = Start(Small with { Run = _folder["run"] });
        string yaml = _folder["run/run.yaml"];
        File.WriteAllText(yaml, File.ReadAllText(yaml).Replace("gossip: every\n", "gossip: significant=2\n", StringComparison.Ordinal)
            .Replace("maxStaleness: 16\n", "maxStaleness: auto\n", StringComparison.Ordinal));
        string[] before = Content();
        Assert.Equal(
            "run.yaml was changed since the checkpoint: gossip is significant=2, was every; put it back or start a new run",
            Assert.Throws<InvalidRunException>(() => TrainingRun.Resume(_folder["run"], 800, [], CancellationToken.None)).Message);
        Assert.Equal(before, Content());
    }

    private static TrainingOutcome Start(RunOptions options) => TrainingRun.Start(options, [], CancellationToken.None);

    /// <summary>What a start leaves that is killed before its first update.</summary>
    private static void LeaveAsKilled(string path)
    {
        using RunFolder folder = RunFolder.Create(path);
        folder.WriteOptions(RunDefaults.Resolve(Small, id => EnvironmentRegistry.Default.Create(id).Spec));
        using MetricsFile metrics = new(folder.MetricsFile, TimeProvider.System);
        using LogFile log = new(folder.LogFile, TimeProvider.System);
        RunSession first = new(1, ResumedFrom: null);
        log.OnMessage(first.ToString());
        TensorBoardFile events = new(folder.TensorBoardDirectory, TimeProvider.System, first);
        byte[] version = File.ReadAllBytes(Directory.GetFiles(folder.TensorBoardDirectory)[0]);
        events.Dispose();
        File.WriteAllBytes(Path.Combine(folder.TensorBoardDirectory, "events.out.tfevents.1"), version);
        File.WriteAllText(folder.OptionsFile + ".tmp", "half");
    }

    private static string Register(Func<IEnvironment> fail, int after)
    {
        string id = $"tests/refused-{Interlocked.Increment(ref _registered)}";
        int made = 0;
        EnvironmentRegistry.Default.Register(id, () => Interlocked.Increment(ref made) < after ? new Blank() : fail());
        return id;
    }

    private string[] Content() =>
        [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}")];

    private sealed class Blank : IEnvironment
    {
        public EnvironmentSpec Spec { get; } = new() { Id = "tests/blank", Observation = TensorShape.Vector(2), Actions = 2 };

        public void Reset(Span<float> observation) => observation.Clear();

        public void Reset(ulong seed, Span<float> observation) => observation.Clear();

        public StepResult Step(int action, Span<float> observation) => new(0, Terminated: false, Truncated: false);
    }
}
