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

        Assert.Matches(@"\n +2 +[\d,]+ +\d+% +\d+\.\d +\d+", console.Out);
        Assert.Matches(@"\n +2 +0 +\d+% ", console.Out);
        Assert.Matches(@"\n +1 +\d+% ", console.Out);
        Assert.Contains("classic/cartpole, network mlp, 16 simulators an agent.", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Soak_Json_HasTheNamesThatComparisonsRead()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run("bench", "soak", "--minutes", "0.005", "--agents", "2", "--environment", "classic/cartpole", "--json"));

        JsonElement json = JsonDocument.Parse(console.Out).RootElement;
        Assert.Equal(
            [
                "machine", "environment", "agents", "seconds", "frames", "residentMebibytes", "residentMebibytesPerHour", "firstFramesPerSecond",
                "lastFramesPerSecond", "gen0Collections", "gen1Collections", "gen2Collections", "lastOverFirst",
            ],
            Names(json));
        Assert.True(json.GetProperty("seconds").GetDouble() >= 0.3);
        Assert.True(json.GetProperty("frames").GetInt64() > 0);
    }

    [Fact]
    public void Soak_Table_SaysWhatGrewAndWhatFell()
    {
        TestConsole console = new();
        SoakMeasurement measured = new(MachineDescription.OfThis(), "minatar/breakout", 4, 3_600, 1_000_000, 101.25, -0.5, 1_000, 990, 40, 3, 0);

        Assert.Equal(0, console.Run(Made.Services() with { Soak = (_, _, _) => measured }, "bench", "soak"));

        Assert.Contains("101.2 MiB", console.Out, StringComparison.Ordinal);
        Assert.Contains("-0.5 MiB an hour", console.Out, StringComparison.Ordinal);
        Assert.Contains("99.0% of the first tenth", console.Out, StringComparison.Ordinal);
        Assert.Contains("0 of generation 2", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Soak_JsonOfFiguresThatAreNotFinite_HasNulls()
    {
        TestConsole console = new();
        SoakMeasurement measured = new(
            MachineDescription.OfThis(), "minatar/breakout", 4, 1, 10, double.PositiveInfinity, double.NaN, double.NaN, 990, 40, 3, 0);

        Assert.Equal(0, console.Run(Made.Services() with { Soak = (_, _, _) => measured }, "bench", "soak", "--json"));

        JsonElement json = JsonDocument.Parse(console.Out).RootElement;
        Assert.Equal(JsonValueKind.Null, json.GetProperty("residentMebibytesPerHour").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("lastOverFirst").ValueKind);
        Assert.Equal(990, json.GetProperty("lastFramesPerSecond").GetDouble());
    }

    private static RunServices Hasty() => new()
    {
        MeasureCompute = (options, progress) => new ComputeBenchmark(options with { WarmUp = TimeSpan.Zero }, progress).Run(),
    };

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
