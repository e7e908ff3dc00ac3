using System.Globalization;
using System.Text.Json;
using Gala.Environments;
using Gala.Numerics;

namespace Gala.Cli.Tests;

/// <summary>Agents that fail in a real run of the command: what it says and how it ends.</summary>
public sealed class FailingAgentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gala-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Train_OneAgentFails_WarnsAndLeavesWith0()
    {
        TestConsole console = new();

        Assert.Equal(0, Train(console, "one", simulator => simulator == 3));

        Assert.Contains("agent 1 failed, the others go on without it: out of memory", console.Out, StringComparison.Ordinal);
        Assert.Contains("Done after 6,000 frames", console.Out, StringComparison.Ordinal);
        Assert.Contains("  warning   trained on without agent 1, which failed: out of memory\n", console.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("   at Gala.", console.Out, StringComparison.Ordinal); // no stack trace
        Assert.Equal("", console.Error);
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "one", "summary.json")));
        Assert.Equal("agent 1", summary.RootElement.GetProperty("failedAgents")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Train_AllAgentsFail_SaysWhyAndLeavesWith1()
    {
        TestConsole console = new();

        Assert.Equal(1, Train(console, "all", _ => true));

        Assert.Contains("failed: out of memory", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain("Done after", console.Out, StringComparison.Ordinal);
    }

    private int Train(TestConsole console, string name, Func<int, bool> fails)
    {
        const ulong Seed = 11;
        EnvironmentRegistry.Default.Register($"tests/short-of-memory-{name}", () => new ShortOfMemory(
            seed => fails(Enumerable.Range(0, 100).First(index => SimulatorBatch.SimulatorSeed(Seed, index) == seed))));
        return console.Run(
            "train", "--environment", $"tests/short-of-memory-{name}", "--agents", "3", "--simulators", "2", "--rollout", "5", "--frames", "6k",
            "--seed", Seed.ToString(CultureInfo.InvariantCulture), "--quiet", "--run", Path.Combine(_folder, name));
    }

    /// <summary>Some of them throw in their hundredth step.</summary>
    private sealed class ShortOfMemory(Func<ulong, bool> fails) : IEnvironment
    {
        private bool _fails;
        private int _steps;

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/short-of-memory", Observation = TensorShape.Vector(3), Actions = 2 };

        public void Reset(ulong seed, Span<float> observation)
        {
            _fails = fails(seed);
            Reset(observation);
        }

        public void Reset(Span<float> observation) => observation.Clear();

        public StepResult Step(int action, Span<float> observation) => ++_steps < 100 || !_fails
            ? new StepResult(action, _steps % 10 == 0, false)
            : throw new InvalidOperationException("out of memory");
    }
}
