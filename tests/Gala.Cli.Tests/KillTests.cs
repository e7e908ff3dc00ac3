using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gala.Runs.Checkpoints;

namespace Gala.Cli.Tests;

/// <summary>The command as a process of its own, ended by SIGKILL while it trains and while it writes.</summary>
public sealed class KillTests : IDisposable
{
    /// <summary>A few kills by default; GALA_KILL_CYCLES asks for more.</summary>
    private static readonly int Cycles =
        int.Parse(Environment.GetEnvironmentVariable("GALA_KILL_CYCLES") ?? "4", NumberStyles.None, CultureInfo.InvariantCulture);

    private readonly string _folder = Directory.CreateTempSubdirectory("gala-tests-").FullName;

    private string Killed => Path.Combine(_folder, "killed");

    private string Checkpoints => Path.Combine(Killed, "checkpoints");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Train_KilledAgainAndAgain_LosesNoCheckpointAndEndsWithTheBitsOfARunNeverKilled()
    {
        long newest = 0;
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            using Process process = Start(cycle == 0
                ? [.. Training("1000m"), "--checkpoint-every", "1k", "--quiet", "--run", Killed]
                : ["resume", Killed, "--quiet"]);
            KillOnceNewerThan(newest, whileWriting: cycle % 2 == 1, process);
            long frames = new CheckpointStore(Checkpoints).LoadNewestWhole(message => Assert.Fail(message)).Frames;
            Assert.True(frames > newest, $"{frames} frames after {newest}");
            newest = frames;
        }

        string total = (newest + 10_000).ToString(CultureInfo.InvariantCulture);
        string whole = Path.Combine(_folder, "whole");
        Assert.Equal(0, new TestConsole().Run("resume", Killed, "--frames", total, "--quiet"));
        Assert.Equal(0, new TestConsole().Run([.. Training(total), "--quiet", "--run", whole]));
        Assert.Equal(Outcome(whole), Outcome(Killed));
    }

    private static string[] Training(string frames) =>
    [
        "train", "--architecture", "gala", "--deterministic", "--agents", "2", "--simulators", "4", "--environment", "classic/cartpole",
        "--learning-rate-schedule", "constant", "--frames", frames,
    ];

    private static Process Start(params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(GalaApplication).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine(); // a pipe that nobody reads would stop it
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Lets the process get further than it was, then kills it, if asked to in the midst of writing the next checkpoint.</summary>
    private void KillOnceNewerThan(long frames, bool whileWriting, Process process)
    {
        while (!Names().Any(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long saved) && saved > frames)
            || (whileWriting && !Names().Any(name => name.EndsWith(".tmp", StringComparison.Ordinal))))
        {
            Assert.False(process.WaitForExit(1), "The run ended before it was killed.");
        }

        process.Kill();
        process.WaitForExit();
    }

    private string[] Names() => Directory.Exists(Checkpoints) ? [.. Directory.EnumerateDirectories(Checkpoints).Select(path => Path.GetFileName(path))] : [];

    private static (string, long, long) Outcome(string run)
    {
        JsonElement summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "summary.json"))).RootElement;
        return (summary.GetProperty("parametersSha256").GetString()!, summary.GetProperty("frames").GetInt64(), summary.GetProperty("episodes").GetInt64());
    }
}
