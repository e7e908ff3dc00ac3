using System.Text.Json;

namespace Gala.Cli.Tests;

public sealed class BaselineTests
{
    [Fact]
    public void Baseline_Json_IsTheMeanReturnByEnvironmentAndRepeatable()
    {
        TestConsole first = new(), second = new();

        Assert.Equal(0, first.Run("environments", "baseline", "minatar/breakout", "classic/cartpole", "--episodes", "50", "--json"));
        Assert.Equal(0, second.Run("environments", "baseline", "minatar/breakout", "classic/cartpole", "--episodes", "50", "--json"));

        Dictionary<string, double> means = JsonSerializer.Deserialize<Dictionary<string, double>>(first.Out)!;
        Assert.InRange(means["minatar/breakout"], 0.1, 1.5); // a ball that is mostly lost at once
        Assert.InRange(means["classic/cartpole"], 15, 30); // some twenty steps, as everybody finds
        Assert.Equal(first.Out, second.Out);
    }

    [Fact]
    public void Baseline_UnknownEnvironment_IsRefusedInOneLine()
    {
        TestConsole console = new();

        Assert.Equal(2, console.Run("environments", "baseline", "minatar/brekout"));

        Assert.Contains("minatar/breakout", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }
}
