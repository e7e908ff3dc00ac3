using System.Text;
using System.Text.Json.Nodes;
using Gala.Environments;

namespace Gala.Cli.Tests;

public sealed class EnvironmentsTests
{
    [Theory]
    [InlineData("environments")]
    [InlineData("environments", "list")]
    public void List_NamesEveryEnvironmentWithItsOptions(params string[] arguments)
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run(arguments));

        Assert.All(EnvironmentRegistry.Default.List(), entry => Assert.Contains($"{entry.Id}  ", console.Out, StringComparison.Ordinal));
        Assert.Contains("10x10x4 (paddle, ball, trail, brick)", console.Out, StringComparison.Ordinal);
        Assert.Contains(":sticky=", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void List_EnvironmentThatCannotBeMade_ListsTheOthers()
    {
        EnvironmentRegistry.Default.Register("tests/unmakeable", () => throw new InvalidOperationException("no licence\nfound"));
        TestConsole console = new();

        Assert.Equal(0, console.Run("environments", "list"));

        Assert.Contains(console.Out.Split('\n'), line => line.StartsWith("  refused ", StringComparison.Ordinal) && line.Contains("no licence", StringComparison.Ordinal));
        Assert.Contains("classic/cartpole  ", console.Out, StringComparison.Ordinal);
        Assert.Contains("minatar/space_invaders  ", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_RightTraces_OneLineAFile()
    {
        using TraceFile file = new(Trace(rightHash: true));
        TestConsole console = new();

        Assert.Equal(0, console.Run("environments", "replay", file.Path, file.Path));

        string[] lines = console.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{file.Path}: 1 segment", lines[0], StringComparison.Ordinal);
        Assert.Equal("", console.Error);
    }

    [Fact]
    public void Replay_WrongTrace_ExitsWithOneAndNamesFileSegmentAndStep()
    {
        using TraceFile wrong = new(Trace(rightHash: false));
        using TraceFile right = new(Trace(rightHash: true));
        TestConsole console = new();

        Assert.Equal(1, console.Run("environments", "replay", wrong.Path, right.Path));

        string error = Assert.Single(console.ErrorLines);
        Assert.Contains($"{wrong.Path}: segment 7, step 0", error, StringComparison.Ordinal);
        Assert.Contains(right.Path, console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Replay_DamagedFile_ExitsWithTwoInOneLine()
    {
        using TraceFile file = new("{\"game\": ");
        TestConsole console = new();

        Assert.Equal(2, console.Run("environments", "replay", file.Path));

        Assert.Contains(file.Path, Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }

    /// <summary>Seaquest for one step without an action: the submarine stays where it starts, the oxygen is full.</summary>
    private static string Trace(bool rightHash)
    {
        int[] ones = [50, 61, .. Enumerable.Range(0, 10).Select(x => (((9 * 10) + x) * 10) + 7)]; // (y · 10 + x) · 10 channels + channel
        string hash = Hash(ones, 1_000);
        return new JsonObject
        {
            ["game"] = "seaquest",
            ["segment"] = 7,
            ["difficulty_ramping"] = true,
            ["sticky_action_prob"] = 0.1,
            ["channels"] = 10,
            ["steps"] = 1,
            ["start"] = new JsonObject { ["draws"] = new JsonArray(), ["hash"] = hash, ["obs"] = Array(ones) },
            ["actions"] = Array(0),
            ["rewards"] = Array(0),
            ["terminals"] = Array(0),
            ["hashes"] = new JsonArray(rightHash ? hash : "0123456789abcdef"),
            ["draws"] = new JsonArray(new JsonArray(new JsonObject { ["k"] = "rand", ["v"] = 0.2 })),
            ["obs"] = new JsonArray(),
            ["resets"] = new JsonArray(),
        }.ToJsonString();
    }

    private static JsonArray Array(params int[] values) => [.. values.Select(value => (JsonNode)value)];

    private static string Hash(int[] ones, int length)
    {
        ulong hash = 14695981039346656037; // FNV-1a over the board's bytes
        for (int i = 0; i < length; i++)
        {
            hash = (hash ^ (ones.Contains(i) ? 1ul : 0)) * 1099511628211;
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class TraceFile : IDisposable
    {
        public TraceFile(string line) => File.WriteAllText(Path, line + "\n", new UTF8Encoding(false));

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
