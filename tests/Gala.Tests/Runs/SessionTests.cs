using System.Text.Json;
using Gala.Runs;
using Gala.Tests.Runs.TensorBoard;

namespace Gala.Tests.Runs;

/// <summary>What the files of a run tell of the sessions in which it was trained.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder["run"];

    public void Dispose() => _folder.Dispose();

    /// <summary>A run that a crash took back to an earlier checkpoint tells some frames twice.</summary>
    [Fact]
    public void Resume_AfterACrash_MarksTheSessionInEveryFile()
    {
        Train(checkpointEvery: 1_000);
        long first = LoseNewestCheckpoints();
        Resume();
        long second = LoseNewestCheckpoints();
        Resume();

        Assert.Equal([(1, (long?)null), (2, first), (3, second)], Metrics().Select(SessionOf).Distinct());
        Assert.Equal(["Session 1: started.", $"Session 2: resumed from {first:N0} frames.", $"Session 3: resumed from {second:N0} frames."], LoggedSessions());
        long[] steps = [.. EventReader.ReadFolder(Path.Combine(Run, "tensorboard")).Select(shown => shown.Step)];
        Assert.Equal(steps.Order(), steps);
        Assert.Equal(CurveOfMetrics(), steps);
    }

    [Fact]
    public void Resume_EventFilesOrMetricsWereDeleted_StillCountsOn()
    {
        Train();
        Directory.Delete(Path.Combine(Run, "tensorboard"), recursive: true);
        Resume();
        File.Delete(Path.Combine(Run, "metrics.jsonl"));
        new FileInfo(Directory.GetFiles(Path.Combine(Run, "tensorboard"))[0]).CopyTo(Path.Combine(Run, "tensorboard", "a.tfevents")); // as of two sessions
        Resume();

        Assert.Equal([1, 2, 3], LoggedSessions().Select(line => line["Session ".Length] - '0'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"frames\":1}\n")] // of a version that marked no sessions
    [InlineData("{\"session\":\"many\"}\n")]
    [InlineData("{\"session\":1e99}\n")]
    [InlineData("nothing of the kind\n")]
    [InlineData("[1,2]\n\n")]
    [InlineData("{\"frames\":1,")]
    public void Resume_MetricsWithoutSessions_IsTheSecond(string metrics)
    {
        Train();
        File.WriteAllText(Path.Combine(Run, "metrics.jsonl"), metrics);
        Resume();

        Assert.StartsWith("Session 2: resumed", LoggedSessions()[^1], StringComparison.Ordinal);
    }

    private void Train(long? checkpointEvery = null) => TrainingRun.Start(
        new RunOptions
        {
            Environment = "classic/cartpole",
            Architecture = "a2c",
            Simulators = 4,
            Frames = 8_000,
            CheckpointEvery = checkpointEvery,
            KeepCheckpoints = 100,
            ReportEvery = 0.01,
            Seed = 5,
            Run = Run,
        },
        [],
        CancellationToken.None);

    private void Resume()
    {
        RunOptions options = RunOptionsFile.Read(Path.Combine(Run, "run.yaml"));
        TrainingRun.Resume(Run, options.Frames + 1_000, [], CancellationToken.None);
    }

    /// <summary>As if the run had been killed half-way. Returns the frames of the checkpoint that is then the newest.</summary>
    private long LoseNewestCheckpoints()
    {
        string[] checkpoints = [.. Directory.GetDirectories(Path.Combine(Run, "checkpoints")).Order(StringComparer.Ordinal)];
        int left = Math.Max(1, checkpoints.Length / 2);
        Array.ForEach(checkpoints[left..], checkpoint => Directory.Delete(checkpoint, recursive: true));
        return long.Parse(Path.GetFileName(checkpoints[left - 1]), System.Globalization.CultureInfo.InvariantCulture);
    }

    private JsonElement[] Metrics() => [.. File.ReadLines(Path.Combine(Run, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>By the rule of the documentation: a line counts unless a later session resumed from before it.</summary>
    private IEnumerable<long> CurveOfMetrics()
    {
        JsonElement[] lines = Metrics();
        return lines.Where(line => lines.All(other => SessionOf(other).Number <= SessionOf(line).Number || SessionOf(other).From >= Frames(line))).Select(Frames);
    }

    private string[] LoggedSessions() =>
        [.. File.ReadLines(Path.Combine(Run, "log.txt")).Select(line => line["2026-03-04 05:06:07Z ".Length..]).Where(line => line.StartsWith("Session", StringComparison.Ordinal))];

    private static (int Number, long? From) SessionOf(JsonElement line) =>
        (line.GetProperty("session").GetInt32(), line.TryGetProperty("resumedFrom", out JsonElement from) ? from.GetInt64() : null);

    private static long Frames(JsonElement line) => line.GetProperty("frames").GetInt64();
}
