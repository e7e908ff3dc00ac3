using System.Text.Json;

namespace Gala.Cli.Tests;

public sealed class EvaluateTests
{
    [Fact]
    public void Evaluate_Options_ReachTheEvaluation()
    {
        (string, int, int?, bool, ulong) got = default;
        RunServices services = Made.Services() with
        {
            Evaluate = (directory, episodes, agent, greedy, seed, _) =>
            {
                got = (directory, episodes, agent, greedy, seed);
                return Made.Evaluation();
            },
        };

        Assert.Equal(0, new TestConsole().Run(services, "evaluate", "runs/x"));
        Assert.Equal(("runs/x", 100, (int?)null, false, 1ul), got);
        Assert.Equal(0, new TestConsole().Run(services, "evaluate", "--episodes", "1k", "runs/x", "--agent", "2", "--greedy", "--seed", "9"));
        Assert.Equal(("runs/x", 1_000, (int?)2, true, 9ul), got);
    }

    [Fact]
    public void Evaluate_Text_SaysWhoPlayedAndHow()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(Made.Services() with { Evaluate = (_, _, _, _, _, _) => Made.Evaluation(agent: 2) }, "evaluate", "runs/x"));

        Assert.Contains("agent 2", console.Out, StringComparison.Ordinal);
        Assert.Contains("21.50 +/- 0.75", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Json_IsOneObjectInCamelCase()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(Made.Services() with { Evaluate = (_, _, _, _, _, _) => Made.Evaluation() }, "evaluate", "runs/x", "--json"));

        JsonElement json = JsonDocument.Parse(console.Out).RootElement;
        Assert.Equal(21.5, json.GetProperty("meanReturn").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("agent").ValueKind);
        Assert.Equal("abc123", json.GetProperty("parametersSha256").GetString());
    }
}
