using System.Text.Json;
using System.Text.RegularExpressions;
using Gala.Runs;

namespace Gala.Mpi.Tests;

/// <summary><c>gala</c> under each launcher.</summary>
public sealed partial class TrainingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gala-mpi-");

    public static TheoryData<int, int> Shares => new() { { 2, 2 }, { 4, 1 } };

    [MpiTheory("openmpi"), MemberData(nameof(Shares))]
    public void OpenMpi_A2C_EqualsOneProcessToTheBit(int processes, int agents) => CheckA2C("openmpi", processes, agents);

    [MpiTheory("mpich"), MemberData(nameof(Shares))]
    public void Mpich_A2C_EqualsOneProcessToTheBit(int processes, int agents) => CheckA2C("mpich", processes, agents);

    [MpiTheory("openmpi"), InlineData("ring"), InlineData("exponential")]
    public void OpenMpi_Gala_TrainsItsShareAndComesTogether(string topology) => CheckGala("openmpi", topology);

    [MpiTheory("mpich"), InlineData("ring"), InlineData("exponential")]
    public void Mpich_Gala_TrainsItsShareAndComesTogether(string topology) => CheckGala("mpich", topology);

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_Impala_LearnsFromActorsOfAllProcessesAndGoesOn(string library) => CheckImpala(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void Mpich_Impala_LearnsFromActorsOfAllProcessesAndGoesOn(string library) => CheckImpala(library);

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_OverTcp_TrainsToTheEnd(string library) => CheckTcp(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void Mpich_OverTcp_TrainsToTheEnd(string library) => CheckTcp(library);

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_OtherOptionsInOneProcess_GiveOneLine(string library) => CheckRefusal(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void Mpich_OtherOptionsInOneProcess_GiveOneLine(string library) => CheckRefusal(library);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Whole, and stopped in the middle and resumed.</summary>
    private void CheckA2C(string library, int processes, int agents)
    {
        RunOptions options = new()
        {
            Architecture = "a2c",
            Environment = "classic/cartpole",
            Agents = processes * agents,
            Simulators = 4,
            Frames = 8_000,
            Seed = 3,
            LearningRate = 1e-3, // the same for the shorter run
            LearningRateSchedule = "constant",
            Run = PathOf("alone"),
        };
        string expected = TrainingRun.Start(options, [], CancellationToken.None).Summary.ParametersSha256;
        string run = PathOf("cluster");
        Gala(library, processes, "train", "--architecture", "a2c", "--environment", "classic/cartpole", "--agents", $"{agents}", "--simulators", "4",
            "--frames", "4k", "--seed", "3", "--learning-rate", "1e-3", "--learning-rate-schedule", "constant", "--transport", "mpi", "--run", run);
        Gala(library, processes, "resume", run, "--frames", "8k");
        JsonElement summary = Summary(run);
        Assert.Equal(expected, summary.GetProperty("parametersSha256").GetString());
        Assert.Equal(processes * agents, summary.GetProperty("agents").GetInt32());
        Assert.Equal(8_000, summary.GetProperty("frames").GetInt64());
    }

    private void CheckGala(string library, string topology)
    {
        string run = PathOf("run");
        Gala(library, processes: 2, "train", "--environment", "classic/cartpole", "--agents", "2", "--simulators", "4", "--frames", "20k",
            "--topology", topology, "--transport", "mpi", "--run", run);
        JsonElement summary = Summary(run);
        Assert.Equal(4, summary.GetProperty("agents").GetInt32());
        Assert.Equal(20_000, summary.GetProperty("frames").GetInt64());
        Assert.InRange(summary.GetProperty("consensus").GetProperty("relativeDistance").GetDouble(), 0, 0.2); // without gossip above 0.5
        Assert.Equal(10_000, Summary(Path.Combine(run, "rank-1")).GetProperty("frames").GetInt64());
        using TrainedPolicy last = TrainedPolicy.Load(run, agent: 3);
        using TrainedPolicy mean = TrainedPolicy.Load(run, agent: null);
        Assert.Equal(20_000, mean.Frames);
        Assert.NotEqual(last.Parameters.Span.ToArray(), mean.Parameters.Span.ToArray());
    }

    private void CheckImpala(string library)
    {
        string run = PathOf("run");
        Gala(library, processes: 3, "train", "--architecture", "impala", "--environment", "classic/cartpole", "--agents", "2", "--simulators", "4",
            "--frames", "24k", "--transport", "mpi", "--run", run);
        JsonElement first = Summary(run);
        Assert.Equal(24_000, first.GetProperty("frames").GetInt64());
        Assert.Equal(200, first.GetProperty("updates").GetInt64()); // of 3 x 2 trajectories of 4 x 5 steps
        Assert.Equal(6, first.GetProperty("agents").GetInt32());
        long episodes = JsonDocument.Parse(File.ReadLines(Path.Combine(run, "metrics.jsonl")).Last()).RootElement.GetProperty("episodes").GetInt64();
        long elsewhere = Enumerable.Range(1, 2).Sum(process => Summary(Path.Combine(run, $"rank-{process}")).GetProperty("episodes").GetInt64());
        Assert.Equal(episodes + elsewhere, first.GetProperty("episodes").GetInt64());

        Gala(library, processes: 3, "resume", run, "--frames", "48k");
        Assert.Equal(48_000, Summary(run).GetProperty("frames").GetInt64());
        using TrainedPolicy policy = TrainedPolicy.Load(run, agent: null);
        Assert.Equal(48_000, policy.Frames);
        Assert.Equal(Summary(run).GetProperty("parametersSha256").GetString(), ParametersDigest.Of(policy.Parameters.Span));
    }

    private void CheckTcp(string library)
    {
        string run = PathOf("run");
        (int exitCode, string output) = MpiLauncher.FindOverTcp(library)!.Run(
            processes: 2, ["gala.dll", "train", "--environment", "classic/cartpole", "--frames", "20k", "--transport", "mpi", "--run", run]);
        Assert.True(exitCode == 0, output);
        Assert.InRange(Summary(run).GetProperty("frames").GetInt64(), 19_000, 20_000);
    }

    private void CheckRefusal(string library)
    {
        string[] common = ["gala.dll", "train", "--environment", "classic/cartpole", "--transport", "mpi", "--run", PathOf("run")];
        (int exitCode, string output) = Launcher(library).RunEach([.. common, "--agents", "2"], [.. common, "--agents", "3"]);
        Assert.Equal(2, exitCode);
        Assert.Single(ErrorLine().Matches(output));
        Assert.Contains("error: process 1 was started with 'agents: 3', process 0 with 'agents: 2'", output, StringComparison.Ordinal);
    }

    private static void Gala(string library, int processes, params IReadOnlyList<string> arguments)
    {
        (int exitCode, string output) = Launcher(library).Run(processes, ["gala.dll", .. arguments]);
        Assert.True(exitCode == 0, output);
    }

    private static MpiLauncher Launcher(string library) =>
        MpiLauncher.Find(library) ?? throw new InvalidOperationException($"mpirun.{library} is required and not installed");

    private static JsonElement Summary(string run) => JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "summary.json"))).RootElement;

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    [GeneratedRegex("error: ")]
    private static partial Regex ErrorLine();
}
