using System.Text.Json;

namespace Gala.Cli.Tests;

/// <summary>The real commands on a real run folder.</summary>
public sealed class EndToEndTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gala-tests-").FullName;

    private string Run => Path.Combine(_folder, "run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TrainEvaluateWatchResume_OnOneFolder_AllWork()
    {
        TestConsole train = new(), evaluate = new(), watch = new(), resume = new();

        Assert.Equal(0, train.Run("train", "--agents", "2", "--simulators", "4", "--frames", "10k", "--quiet", "--run", Run));
        Assert.Equal(0, evaluate.Run("evaluate", Run, "--episodes", "3", "--json"));
        Assert.Equal(0, watch.Run("watch", Run, "--steps", "3"));
        Assert.Equal(0, resume.Run("resume", Run, "--frames", "20k", "--quiet"));

        Assert.Equal(3, JsonDocument.Parse(evaluate.Out).RootElement.GetProperty("episodes").GetInt32());
        Assert.NotEqual("", watch.Out);
        JsonElement summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Run, "summary.json"))).RootElement;
        Assert.Equal(20_000, summary.GetProperty("frames").GetInt64());
    }

    [Fact]
    public void Train_ConfigOfAFinishedDeterministicRun_RepeatsItToTheBit()
    {
        string again = Path.Combine(_folder, "again");
        Assert.Equal(0, new TestConsole().Run("train", "--agents", "2", "--simulators", "4", "--frames", "5k", "--deterministic", "--run", Run));
        Assert.Equal(0, new TestConsole().Run("train", "--config", Path.Combine(Run, "run.yaml"), "--run", again));

        Assert.Equal(Digest(Run), Digest(again));
    }

    [Fact]
    public void Evaluate_TruncatedCheckpoint_IsRefusedInOneLine()
    {
        Assert.Equal(0, new TestConsole().Run("train", "--agents", "1", "--simulators", "4", "--frames", "100", "--checkpoint-every", "1m", "--run", Run));
        string weights = Directory.GetFiles(Path.Combine(Run, "checkpoints"), "agent-0.safetensors", SearchOption.AllDirectories).Single();
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..1_000]);
        TestConsole console = new();

        Assert.Equal(2, console.Run("evaluate", Run));

        Assert.Contains("truncated", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }

    private static string Digest(string run) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "summary.json"))).RootElement.GetProperty("parametersSha256").GetString()!;
}
