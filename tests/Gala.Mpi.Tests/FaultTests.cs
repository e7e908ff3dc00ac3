using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gala.Runs.Checkpoints;

namespace Gala.Mpi.Tests;

/// <summary>Processes that are killed, or stop for a while, in the middle of a run.</summary>
public sealed class FaultTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gala-mpi-");

    private string Run => Path.Combine(_folder.FullName, "run");

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_AProcessIsKilled_EndsAllAndResumesFromTheLastCheckpoints(string library) => CheckKill(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void Mpich_AProcessIsKilled_EndsAllAndResumesFromTheLastCheckpoints(string library) => CheckKill(library);

    [MpiTheory("openmpi"), InlineData(0), InlineData(1)]
    public void OpenMpiThatRecovers_AProcessIsKilled_TheOthersTrainToTheEnd(int victim) => CheckLoss("openmpi", victim);

    [MpiTheory("mpich"), InlineData(0), InlineData(1)]
    public void MpichWithoutCleanup_AProcessIsKilled_TheOthersTrainToTheEnd(int victim) => CheckLoss("mpich", victim);

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpiThatRecovers_AProcessOfA2CIsKilled_EndsWithTheReason(string library) => CheckLossOfA2C(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void MpichWithoutCleanup_AProcessOfA2CIsKilled_EndsWithTheReason(string library) => CheckLossOfA2C(library);

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_AProcessStopsAndComesBack_TrainsToTheEnd(string library) => CheckStop(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void Mpich_AProcessStopsAndComesBack_TrainsToTheEnd(string library) => CheckStop(library);

    [MpiTheory("openmpi"), InlineData("openmpi", 0), InlineData("openmpi", 1)]
    public void OpenMpi_ImpalaIsTerminatedInOneProcess_EndsAllWithACheckpointAndGoesOn(string library, int process) => CheckTermination(library, process);

    [MpiTheory("mpich"), InlineData("mpich", 0), InlineData("mpich", 1)]
    public void Mpich_ImpalaIsTerminatedInOneProcess_EndsAllWithACheckpointAndGoesOn(string library, int process) => CheckTermination(library, process);

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_ActorsOfImpalaAreKilled_EndsAll(string library) => CheckKilledActors(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void Mpich_ActorsOfImpalaAreKilled_EndsAll(string library) => CheckKilledActors(library);

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpiThatRecovers_ActorsOfImpalaAreKilled_TheLearnerGoesOn(string library) => CheckLossOfActors(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void MpichWithoutCleanup_ActorsOfImpalaAreKilled_TheLearnerGoesOn(string library) => CheckLossOfActors(library);

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpi_AProcessIsSilentForTooLong_IsTakenInAgain(string library) => CheckReturn(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void Mpich_AProcessIsSilentForTooLong_IsTakenInAgain(string library) => CheckReturn(library);

    [MpiTheory("openmpi"), InlineData("openmpi")]
    public void OpenMpiThatRecovers_AProcessComesBackWhenAllHaveLeft_TrainsItsShareAlone(string library) => CheckLateReturn(library);

    [MpiTheory("mpich"), InlineData("mpich")]
    public void MpichWithoutCleanup_AProcessComesBackWhenAllHaveLeft_TrainsItsShareAlone(string library) => CheckLateReturn(library);

    public void Dispose()
    {
        foreach (int pid in Enumerable.Range(0, 3).SelectMany(Pids)) // left by a test that failed
        {
            Signal("KILL", pid);
        }

        _folder.Delete(recursive: true);
    }

    private void CheckKill(string library)
    {
        MpiLauncher launcher = MpiLauncher.Find(library)!;
        Task<(int ExitCode, string Output)> killed = Train(launcher, processes: 2, "1000m", "--checkpoint-every", "2k");
        AwaitCheckpointsAndKill(1, killed, processes: 2);
        Assert.True(killed.Wait(Patience), "the launcher waits for ever");
        Assert.NotEqual(0, killed.Result.ExitCode);

        long frames = (2 * Math.Max(NewestCheckpoint(Run), NewestCheckpoint(Rank(1)))) + 8_000;
        (int exitCode, string output) = launcher.Run(2, ["gala.dll", "resume", Run, "--frames", frames.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(exitCode == 0, output);
        Assert.InRange(Summary(Run).GetProperty("frames").GetInt64(), frames - 100, frames); // whole updates
        Assert.InRange(Summary(Rank(1)).GetProperty("frames").GetInt64(), (frames / 2) - 100, frames / 2);
    }

    private void CheckTermination(string library, int process)
    {
        MpiLauncher launcher = MpiLauncher.Find(library)!;
        Task<(int ExitCode, string Output)> run = Train(launcher, processes: 2, "1000m", "--architecture", "impala", "--checkpoint-every", "20k");
        Await(() => NewestCheckpoint(Run) > 0, run);
        Signal("TERM", Pids(process).Single());
        Assert.True(run.Wait(Patience), "the run waits for ever");
        long frames = Summary(Run).GetProperty("frames").GetInt64();
        Assert.Equal(frames, NewestCheckpoint(Run));
        Assert.True(File.Exists(Path.Combine(Rank(1), "summary.json")));
        (int exitCode, string output) = launcher.Run(2, ["gala.dll", "resume", Run, "--frames", (frames + 4_000).ToString(CultureInfo.InvariantCulture)]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(frames + 4_000, Summary(Run).GetProperty("frames").GetInt64());
    }

    private void CheckKilledActors(string library)
    {
        Task<(int ExitCode, string Output)> killed = Train(MpiLauncher.Find(library)!, processes: 2, "1000m", "--architecture", "impala", "--checkpoint-every", "20k");
        Await(() => NewestCheckpoint(Run) > 0, killed);
        Signal("KILL", Pids(process: 1).Single());
        Assert.True(killed.Wait(Patience), "the launcher waits for ever");
        Assert.NotEqual(0, killed.Result.ExitCode);
    }

    private void CheckLoss(string library, int victim)
    {
        Task<(int ExitCode, string Output)> run = Train(
            MpiLauncher.FindEnduring(library)!, processes: 3, "450k", "--checkpoint-every", "6k", "--peer-timeout", "4");
        AwaitCheckpointsAndKill(victim, run, processes: 3);
        Assert.True(run.Wait(Patience), "the others wait for ever");
        int[] others = [.. Enumerable.Range(0, 3).Where(process => process != victim)];
        foreach (int process in others)
        {
            JsonElement summary = Summary(Rank(process));
            Assert.Equal([victim], summary.GetProperty("lostProcesses").EnumerateArray().Select(lost => lost.GetInt32()));
            Assert.Equal(process == 0 ? 300_000 : 150_000, summary.GetProperty("frames").GetInt64());
            Assert.Contains($"Process {victim} gave no sign of life for 4 s", File.ReadAllText(Path.Combine(Rank(process), "log.txt")), StringComparison.Ordinal);
        }

        (int exitCode, string output) = MpiLauncher.Find(library)!.Run(3, ["gala.dll", "resume", Run]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(450_000, Summary(Run).GetProperty("frames").GetInt64());
        Assert.Equal(150_000, Summary(Rank(victim == 0 ? 1 : victim)).GetProperty("frames").GetInt64());
        Assert.Empty(Summary(Run).GetProperty("lostProcesses").EnumerateArray());
    }

    private void CheckLossOfA2C(string library)
    {
        Task<(int ExitCode, string Output)> run = Train(
            MpiLauncher.FindEnduring(library)!, processes: 3, "1000m", "--architecture", "a2c", "--checkpoint-every", "6k", "--peer-timeout", "6");
        AwaitCheckpointsAndKill(2, run, processes: 3);
        Assert.True(run.Wait(Patience), "the others wait for ever");
        Assert.Contains("failed: process 2 gave no sign of life for 6 s", run.Result.Output, StringComparison.Ordinal);
    }

    private void CheckLossOfActors(string library)
    {
        Task<(int ExitCode, string Output)> run = Train(
            MpiLauncher.FindEnduring(library)!, processes: 3, "600k", "--architecture", "impala", "--checkpoint-every", "6k", "--peer-timeout", "6");
        Await(() => NewestCheckpoint(Run) > 0 && Pids(process: 2).Length > 0, run);
        using (Process actors = Process.GetProcessById(Pids(process: 2).Single()))
        {
            actors.Kill(); // SIGKILL
        }

        Assert.True(run.Wait(Patience), "the others wait for ever");
        Assert.True(File.Exists(Path.Combine(Run, "summary.json")), run.Result.Output);
        Assert.Equal([2], Summary(Run).GetProperty("lostProcesses").EnumerateArray().Select(lost => lost.GetInt32()));
        Assert.InRange(Summary(Run).GetProperty("frames").GetInt64(), 599_000, 600_000);
        Assert.True(File.Exists(Path.Combine(Rank(1), "summary.json")), run.Result.Output);
    }

    private void AwaitCheckpointsAndKill(int victim, Task<(int ExitCode, string Output)> run, int processes)
    {
        Await(() => Enumerable.Range(0, processes).All(process => NewestCheckpoint(Rank(process)) > 0), run);
        using Process process = Process.GetProcessById(Pids(victim).Single());
        process.Kill(); // SIGKILL
    }

    private void CheckStop(string library)
    {
        Task<(int ExitCode, string Output)> run = Train(MpiLauncher.Find(library)!, processes: 2, "2m", "--report-every", "0.1", "--max-staleness", "4");
        Await(() => Reports(Rank(1)).Length > 0 && Reports(Run).Length > 0, run);
        int pid = Pids(process: 1).Single();
        Signal("STOP", pid);
        long frames = -1;
        int reportsThen = 0;
        Await(
            () =>
            {
                string[] reports = Reports(Run);
                if (reports.Length < reportsThen + 2)
                {
                    return false;
                }

                (long before, frames, reportsThen) = (frames, JsonDocument.Parse(reports[^1]).RootElement.GetProperty("frames").GetInt64(), reports.Length);
                return before == frames; // process 0 has gone on as far as the bound on staleness lets it, and still reports
            },
            run);
        Signal("CONT", pid);
        Assert.True(run.Wait(Patience), "the run waits for ever");
        Assert.True(run.Result.ExitCode == 0, run.Result.Output);
        Assert.Equal(2_000_000, Summary(Run).GetProperty("frames").GetInt64());
    }

    private void CheckReturn(string library)
    {
        Task<(int ExitCode, string Output)> run = Train(
            MpiLauncher.Find(library)!, processes: 2, "1m", "--report-every", "0.1", "--peer-timeout", "2", "--checkpoint-every", "1000m");
        Await(() => Reports(Rank(1)).Length > 0 && Reports(Run).Length > 0, run);
        int pid = Pids(process: 1).Single();
        Signal("STOP", pid);
        Await(() => Log().Contains("Process 1 gave no sign of life for 2 s", StringComparison.Ordinal), run);
        Signal("CONT", pid);
        Await(() => Log().Contains("Process 1 is back.", StringComparison.Ordinal), run);
        Assert.True(run.Wait(Patience), "the run waits for ever");
        Assert.True(run.Result.ExitCode == 0, run.Result.Output);
        Assert.Equal(1_000_000, Summary(Run).GetProperty("frames").GetInt64());

        string Log()
        {
            using StreamReader reader = new(new FileStream(Path.Combine(Run, "log.txt"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
    }

    private void CheckLateReturn(string library)
    {
        Task<(int ExitCode, string Output)> run = Train(
            MpiLauncher.FindEnduring(library)!, processes: 2, "300k", "--report-every", "0.1", "--peer-timeout", "2", "--checkpoint-every", "1000m");
        Await(() => Reports(Rank(1)).Length > 0 && Reports(Run).Length > 0, run);
        int first = Pids(process: 0).Single(), pid = Pids(process: 1).Single();
        Signal("STOP", pid);
        Await(() => !Is(first, process: 0), run);
        Assert.Equal([1], Summary(Run).GetProperty("lostProcesses").EnumerateArray().Select(lost => lost.GetInt32()));
        Signal("CONT", pid);
        Assert.True(run.Wait(Patience), "the process that is back waits for ever");
        Assert.True(File.Exists(Path.Combine(Rank(1), "summary.json")), run.Result.Output);
        Assert.Equal(150_000, Summary(Rank(1)).GetProperty("frames").GetInt64());
    }

    private Task<(int ExitCode, string Output)> Train(
        MpiLauncher launcher, int processes, string frames, params string[] others) => Task.Run(() => launcher.Run(
        processes,
        ["gala.dll", "train", "--environment", "classic/cartpole", "--agents", "1", "--simulators", "4", "--rollout", "5", "--transport", "mpi",
            "--learning-rate-schedule", "constant", "--frames", frames, "--run", Run, .. others]));

    private string Rank(int process) => process == 0 ? Run : Path.Combine(Run, $"rank-{process}");

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

    private static long NewestCheckpoint(string run)
    {
        try
        {
            return new CheckpointStore(Path.Combine(run, "checkpoints")).LoadNewestWhole().Frames;
        }
        catch (Gala.Runs.InvalidRunException)
        {
            return 0;
        }
    }

    /// <summary>Whole lines of the metrics.</summary>
    private static string[] Reports(string run)
    {
        string path = Path.Combine(run, "metrics.jsonl");
        if (!File.Exists(path))
        {
            return [];
        }

        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n')[..^1]];
    }

    private static JsonElement Summary(string run) => JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "summary.json"))).RootElement;

    /// <summary>The ids of the processes of the run that have that number, which both launchers put into the environment.</summary>
    private int[] Pids(int process) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => Path.GetFileName(path))
            .Where(name => name.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .Where(pid => Is(pid, process)),
    ];

    private bool Is(int pid, int process)
    {
        try
        {
            string[] words = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            if (!words.Contains(Run) || !words[0].EndsWith("dotnet", StringComparison.Ordinal))
            {
                return false;
            }

            string[] variables = File.ReadAllText($"/proc/{pid}/environ").Split('\0');
            return variables.Contains($"OMPI_COMM_WORLD_RANK={process}") || variables.Contains($"PMI_RANK={process}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended meanwhile, or is none of ours
        }
    }

    private static void Signal(string name, int pid)
    {
        using Process kill = Process.Start("kill", [$"-{name}", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
