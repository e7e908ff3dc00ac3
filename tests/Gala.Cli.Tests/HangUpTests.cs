using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gala.Runs.Checkpoints;

namespace Gala.Cli.Tests;

/// <summary>The command as a process of its own, whose terminal is closed.</summary>
public sealed class HangUpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gala-tests-").FullName;

    private string Run => Path.Combine(_folder, "run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [UnixFact]
    public void Train_HangsUp_WritesACheckpointAndTheSummary()
    {
        using Process process = Start("exec $(env --default-signal=HUP echo env --default-signal=HUP 2> /dev/null)"); // whoever tests may run under nohup
        long before = WaitForCheckpointAfter(0, process);

        Hangup(process);
        process.WaitForExit();

        Assert.Equal(129, process.ExitCode);
        long frames = JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "summary.json"))).RootElement.GetProperty("frames").GetInt64();
        Assert.True(frames >= before);
        Assert.Equal(frames, new CheckpointStore(Path.Combine(Run, "checkpoints")).LoadNewestWhole(message => Assert.Fail(message)).Frames);
    }

    [UnixFact]
    public void Train_HangsUpUnderNohup_GoesOn()
    {
        using Process process = Start("exec nohup");
        long before = WaitForCheckpointAfter(0, process);

        Hangup(process);
        _ = WaitForCheckpointAfter(WaitForCheckpointAfter(before, process), process); // the second one was begun after the signal, if not the first
        Signal(process, "TERM");
        process.WaitForExit();

        Assert.Equal(143, process.ExitCode); // 129 if it had heard the first signal
    }

    private Process Start(string how)
    {
        string command = $"{how} dotnet \"$0\" train --architecture a2c --environment classic/cartpole --agents 1 --simulators 4 --frames 1000m "
            + "--checkpoint-every 1k --quiet --run \"$1\" > \"$2\" 2>&1 < /dev/null";
        return Process.Start(new ProcessStartInfo("sh", ["-c", command, typeof(GalaApplication).Assembly.Location, Run, Path.Combine(_folder, "out")]))!;
    }

    private long WaitForCheckpointAfter(long frames, Process process)
    {
        string checkpoints = Path.Combine(Run, "checkpoints");
        while (true)
        {
            Assert.False(process.WaitForExit(1), "The run ended by itself.");
            long newest = Directory.Exists(checkpoints) ? Directory.EnumerateDirectories(checkpoints).Select(FramesOf).DefaultIfEmpty().Max() : 0;
            if (newest > frames)
            {
                return newest;
            }
        }
    }

    /// <summary>0 for a checkpoint that is being written.</summary>
    private static long FramesOf(string checkpoint) =>
        long.TryParse(Path.GetFileName(checkpoint), NumberStyles.None, CultureInfo.InvariantCulture, out long frames) ? frames : 0;

    private static void Hangup(Process process) => Signal(process, "HUP");

    private static void Signal(Process process, string name)
    {
        using Process kill = Process.Start("sh", ["-c", "kill -$0 $1", name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
