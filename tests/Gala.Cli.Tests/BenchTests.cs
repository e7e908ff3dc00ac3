using System.Text.Json;
using Gala.Measuring;

namespace Gala.Cli.Tests;

public sealed class BenchTests
{
    [Fact]
    public void Compute_Json_HasTheNamesThatComparisonsRead()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(Hasty(), "bench", "compute", "--network", "mlp", "--seconds", "0.0001", "--json"));

        JsonElement json = JsonDocument.Parse(console.Out).RootElement;
        Assert.Equal(["machine", "peak", "kernels", "layers", "networks"], Names(json));
        Assert.Equal(["processor", "cores", "vectorLanes", "runtime", "os"], Names(json.GetProperty("machine")));
        Assert.Equal(["lanes", "gigaflopsPerSecond"], Names(json.GetProperty("peak")[0]));
        Assert.Equal(
            ["preset", "observations", "work", "rows", "microseconds", "minimumMicroseconds", "gigaflopsPerSecond", "shareOfPeak"],
            Names(json.GetProperty("networks")[0]));
        Assert.Equal("mlp", json.GetProperty("networks")[0].GetProperty("preset").GetString());
        Assert.Equal("", console.Error);
    }

    [Theory]
    [InlineData("networks", "update")]
    [InlineData("layers", "backward-weights")]
    [InlineData("kernels", "RMSProp")]
    public void Compute_OneKindOfWorks_PrintsOnlyItsTable(string works, string shown)
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(Hasty(), "bench", "compute", "--network", "mlp", "--works", works, "--seconds", "0.0001"));

        string[] others = ["update", "backward-weights", "RMSProp"];
        Assert.All(others, other => Assert.Equal(other == shown, console.Out.Contains(other, StringComparison.Ordinal)));
        Assert.Contains("multiply-add peak, one core", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_TwoCounts_PrintsARowForEachAgent()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run("bench", "training", "--agents", "2", "--environment", "classic/cartpole", "--seconds", "0.01"));

        Assert.Matches(@"\n +2 +[\d,]+ +0 +\d+% ", console.Out);
        Assert.Matches(@"\n +1 +\d+% ", console.Out);
        Assert.Contains("classic/cartpole, network mlp, 16 simulators an agent.", console.Out, StringComparison.Ordinal);
    }

    private static RunServices Hasty() => new()
    {
        MeasureCompute = (options, progress) => new ComputeBenchmark(options with { WarmUp = TimeSpan.Zero }, progress).Run(),
    };

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
