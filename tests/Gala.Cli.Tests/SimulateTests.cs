using System.Text.Json;

namespace Gala.Cli.Tests;

public sealed class SimulateTests
{
    [Fact]
    public void Simulate_ARange_PrintsARowForEachSizeAndDrawsThem()
    {
        TestConsole console = new();
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "cost.svg");

        Assert.Equal(0, console.Run("simulate", "--agents", "2..8", "--updates", "20", "--topology", "exponential", "--svg", file));

        Assert.Matches(@"\n +2 .*\n +4 .*\n +8 [^\n]+\n\n", console.Out);
        Assert.All(console.Out.Split('\n'), line => Assert.True(line.Length <= 100));
        string svg = File.ReadAllText(file);
        Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
        Assert.Contains("exponential", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulate_Json_HasTheNamesThatScriptsRead()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(
            "simulate", "--agents", "4", "--updates", "20", "--delay", "constant/1ms", "--slow", "1/2", "--max-staleness", "3", "--push-sum", "--parameters", "1k", "--json"));

        JsonElement json = JsonDocument.Parse(console.Out).RootElement;
        Assert.Equal(["topology", "parameters", "maxStaleness", "updates", "seed", "clusters"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(1_000, json.GetProperty("parameters").GetInt64());
        JsonElement cluster = json.GetProperty("clusters")[0];
        Assert.Equal(
            ["agents", "inPeers", "maxDistance", "meanDistance", "bound", "staleness", "waitShare", "timeOuts", "pace", "updatesPerSecond",
                "bytesPerSecondPerAgent", "bytesPerSecond", "lostShare", "virtualSeconds"],
            cluster.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["mean", "percentile95", "max"], cluster.GetProperty("staleness").EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [InlineData("--agents", "0", "from 1 to 4096")]
    [InlineData("--agents", "8..2", "such as 2..4096")]
    [InlineData("--agents", "1..2..3", "such as 2..4096")]
    [InlineData("--delay", "5ms", "constant/TIME")]
    [InlineData("--compute", "gamma/1/5ms", "constant/TIME")]
    [InlineData("--loss", "2", "from 0 to 1")]
    [InlineData("--slow", "1/0.5", "such as 1/10")]
    [InlineData("--parameters", "many", "such as 6.8m")]
    [InlineData("--topology", "circle", "ring")]
    [InlineData("--topology", "random-regular:degree=99", "degree")]
    public void Simulate_WhatCannotBe_IsRefusedByName(string option, string value, string expected)
    {
        TestConsole console = new();

        Assert.Equal(2, console.Run("simulate", option, value));

        Assert.Single(console.ErrorLines);
        Assert.Contains(option, console.Error, StringComparison.Ordinal);
        Assert.Contains(expected, console.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--agents", "1024", "--topology", "complete")]
    [InlineData("--push-sum", "--loss", "0.1")]
    public void Simulate_WhatDoesNotGoTogether_IsRefused(params string[] arguments)
    {
        TestConsole console = new();

        Assert.Equal(2, console.Run(["simulate", .. arguments]));

        Assert.Single(console.ErrorLines);
    }
}
