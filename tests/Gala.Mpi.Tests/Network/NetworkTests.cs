using System.Diagnostics;
using System.Text.Json;
using Gala.Runs;

namespace Gala.Mpi.Tests;

/// <summary>A process on each of two machines, TCP between them: 5 ms one way, 1 ms more or less, one packet in a hundred lost.</summary>
public sealed class NetworkTests : IDisposable
{
    private const string Fast = "classic/cartpole";
    private const string Slow = "classic/cartpole:delay=exponential/0.25ms";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gala-mpi-");

    private string Run => Path.Combine(_folder.FullName, "run");

    [NetworkTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_Gala_TrainsToTheEnd(string library) => CheckGala(library);

    [NetworkTheory("mpich"), InlineData("mpich")]
    public void Mpich_Gala_TrainsToTheEnd(string library) => CheckGala(library);

    [NetworkTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_A2C_EqualsOneProcessToTheBit(string library) => CheckA2C(library);

    [NetworkTheory("mpich"), InlineData("mpich")]
    public void Mpich_A2C_EqualsOneProcessToTheBit(string library) => CheckA2C(library);

    [NetworkTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_TheNetworkIsCutAndHeals_GoesOnAndComesTogether(string library) => CheckCut(library);

    [NetworkTheory("mpich"), InlineData("mpich")]
    public void Mpich_TheNetworkIsCutAndHeals_GoesOnAndComesTogether(string library) => CheckCut(library);

    public void Dispose() => _folder.Delete(recursive: true);

    private void CheckGala(string library)
    {
        using TwoMachines machines = new(delay: 5, jitter: 1, loss: 0.01);
        (int exitCode, string output) = Train(machines, library, Fast, "20k");
        AssertEnded(library, exitCode, output);
        JsonElement summary = Summary();
        Assert.Equal(20_000, summary.GetProperty("frames").GetInt64());
        Assert.Equal(2, summary.GetProperty("agents").GetInt32());
        Assert.InRange(summary.GetProperty("consensus").GetProperty("relativeDistance").GetDouble(), 0, 0.5);
        Assert.Empty(summary.GetProperty("lostProcesses").EnumerateArray());
    }

    private void CheckA2C(string library)
    {
        RunOptions alone = new()
        {
            Architecture = "a2c",
            Environment = Fast,
            Agents = 2,
            Simulators = 4,
            Rollout = 5,
            Frames = 4_000,
            LearningRateSchedule = "constant",
            Run = Path.Combine(_folder.FullName, "alone"),
        };
        string expected = TrainingRun.Start(alone, [], CancellationToken.None).Summary.ParametersSha256;
        using TwoMachines machines = new(delay: 5, jitter: 1, loss: 0.01);
        (int exitCode, string output) = Train(machines, library, Fast, "4k", "--architecture", "a2c");
        AssertEnded(library, exitCode, output);
        Assert.Equal(expected, Summary().GetProperty("parametersSha256").GetString());
    }

    private void CheckCut(string library)
    {
        using TwoMachines machines = new(delay: 5, jitter: 1, loss: 0.01);
        string log = Path.Combine(Run, "log.txt");
        Task<(int ExitCode, string Output)> run = Task.Run(() => Train(machines, library, Slow, "160k", "--report-every", "0.1", "--peer-timeout", "2"));
        Await(() => Array.TrueForAll([Run, Path.Combine(Run, "rank-1")], HasReported), run);
        machines.Cut();
        Await(() => File.ReadAllText(log).Contains("Process 1 gave no sign of life", StringComparison.Ordinal), run);
        machines.Heal(); // long before process 0 is at its end
        Await(() => File.ReadAllText(log).Contains("Process 1 is back.", StringComparison.Ordinal), run);
        Assert.True(run.Wait(Patience), "the run waits for ever");
        AssertEnded(library, run.Result.ExitCode, run.Result.Output);
        Assert.Equal(160_000, Summary().GetProperty("frames").GetInt64());
        Assert.Empty(Summary().GetProperty("lostProcesses").EnumerateArray());
        Assert.InRange(Summary().GetProperty("consensus").GetProperty("relativeDistance").GetDouble(), 0, 0.5);
    }

    private (int ExitCode, string Output) Train(
        TwoMachines machines, string library, string environment, string frames, params string[] others) => MpiLauncher.FindBetween(machines, library)!.Run(
        2,
        ["gala.dll", "train", "--environment", environment, "--agents", "1", "--simulators", "4", "--rollout", "5", "--transport", "mpi",
            "--learning-rate-schedule", "constant", "--frames", frames, "--run", Run, .. others]);

    /// <summary>UCX, under MPICH, now and then does not come to the end of MPI on such a network; by then everything is written.</summary>
    private void AssertEnded(string library, int exitCode, string output) =>
        Assert.True(exitCode == 0 || (library == "mpich" && File.Exists(Path.Combine(Run, "summary.json"))), output);

    private static bool HasReported(string run) => new FileInfo(Path.Combine(run, "metrics.jsonl")) is { Exists: true, Length: > 0 };

    private static void Await(Func<bool> condition, Task<(int ExitCode, string Output)> run)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.False(run.IsCompleted, run.IsCompleted ? run.Result.Output : null);
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "it takes too long");
            Thread.Yield();
        }
    }

    private JsonElement Summary() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "summary.json"))).RootElement;
}
