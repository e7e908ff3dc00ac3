using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gala.Cli.Tests;

public sealed class EvaluateTests
{
    [Fact]
    public void Evaluate_Options_ReachTheEvaluation()
    {
        (string, int, int?, bool, ulong, int) got = default;
        RunServices services = Made.Services() with
        {
            Evaluate = (directory, episodes, agent, greedy, seed, _, maxSteps, _) =>
            {
                got = (directory, episodes, agent, greedy, seed, maxSteps);
                return Made.Evaluation();
            },
        };

        Assert.Equal(0, new TestConsole().Run(services, "evaluate", "runs/x"));
        Assert.Equal(("runs/x", 100, (int?)null, false, 1ul, 1_000_000), got);
        Assert.Equal(0, new TestConsole().Run(services, "evaluate", "--episodes", "1k", "runs/x", "--agent", "2", "--greedy", "--seed", "9", "--max-steps", "5k"));
        Assert.Equal(("runs/x", 1_000, (int?)2, true, 9ul, 5_000), got);
    }

    [Fact]
    public void Evaluate_Text_SaysWhoPlayedAndHow()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(Made.Services() with { Evaluate = (_, _, _, _, _, _, _, _) => Made.Evaluation(agent: 2) }, "evaluate", "runs/x"));

        Assert.Contains("agent 2", console.Out, StringComparison.Ordinal);
        Assert.Contains("21.50 +/- 0.75", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Json_IsOneObjectInCamelCase()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(Made.Services() with { Evaluate = (_, _, _, _, _, _, _, _) => Made.Evaluation() }, "evaluate", "runs/x", "--json"));

        JsonElement json = JsonDocument.Parse(console.Out).RootElement;
        Assert.Equal(21.5, json.GetProperty("meanReturn").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("agent").ValueKind);
        Assert.Equal("abc123", json.GetProperty("parametersSha256").GetString());
    }

    [Fact]
    public void Evaluate_EpisodesCutOrSkipped_SaysHowMany()
    {
        TestConsole console = new();
        RunServices services = Made.Services() with
        {
            Evaluate = (_, _, _, _, _, _, _, _) => Made.Evaluation() with { CutEpisodes = 3, SkippedEpisodes = 2 },
        };

        Assert.Equal(0, console.Run(services, "evaluate", "runs/x", "--max-steps", "5k"));
        Assert.Contains("3 cut after 5,000 steps", console.Out, StringComparison.Ordinal);
        Assert.Contains("2 skipped", console.Out, StringComparison.Ordinal);

        TestConsole json = new();
        Assert.Equal(0, json.Run(services, "evaluate", "runs/x", "--json"));
        JsonElement root = JsonDocument.Parse(json.Out).RootElement;
        Assert.Equal((3, 2), (root.GetProperty("cutEpisodes").GetInt32(), root.GetProperty("skippedEpisodes").GetInt32()));
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public void Evaluate_Interrupted_SaysHowFarItCame(PosixSignal signal, int expected)
    {
        TestConsole console = new();
        RunServices services = Made.Services() with
        {
            Evaluate = (_, _, _, _, _, _, _, stop) =>
            {
                console.Signal(signal);
                throw new OperationCanceledException("stopped after 37 of 100 episodes", stop);
            },
        };

        Assert.Equal(expected, console.Run(services, "evaluate", "runs/x"));

        Assert.Equal("", console.Out);
        Assert.Equal("stopped after 37 of 100 episodes", Assert.Single(console.ErrorLines).TrimEnd());
    }
}
