namespace Gala.Cli.Tests;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("train --environment minatar/brekout", "--environment", "minatar/breakout")]
    [InlineData("train --agents 0", "--agents", "from 1")]
    [InlineData("train --agents many", "--agents", "'many'")]
    [InlineData("train --learning-rate -0.1", "--learning-rate", "'-0.1'")]
    [InlineData("train --frames 3x", "--frames", "'3x'")]
    [InlineData("train --topology rng", "--topology", "did you mean ring?")]
    [InlineData("train --frames", "--frames", "needs a value")]
    [InlineData("train --seed 1 --seed 2", "--seed", "given 2 times")]
    [InlineData("train --agnets 3", "--agnets", "did you mean --agents?")]
    [InlineData("train --agnets=3", "--agnets", "did you mean --agents?")]
    [InlineData("train breakout", "breakout", "unexpected argument")]
    [InlineData("train --config no/such.yaml", "--config", "there is no such file")]
    [InlineData("trian", "trian", "did you mean train?")]
    [InlineData("trian --agents 3 --frames 5", "trian", "did you mean train?")]
    [InlineData("resume", "DIR", "missing")]
    [InlineData("resume here --frames 0", "--frames", "from 1")]
    [InlineData("replay", "DIR", "missing")]
    [InlineData("replay here --runners 0", "--runners", "from 1")]
    [InlineData("train --architecture a3c --record", "--record", "only with gala")]
    [InlineData("resume here there", "there", "unexpected argument")]
    [InlineData("evaluate here --episodes 0", "--episodes", "from 1")]
    [InlineData("evaluate here --agent -1", "--agent", "from 0")]
    [InlineData("evaluate here --seed x", "--seed", "'x'")]
    [InlineData("watch", "DIR", "missing")]
    [InlineData("watch here --speed 0", "--speed", "'0'")]
    [InlineData("topology --agents 0", "--agents", "from 1")]
    [InlineData("topology --agents 100000", "--agents", "256")]
    [InlineData("topology --topology torus", "--topology", "ring, undirected-ring, exponential")]
    [InlineData("topology --topology bipartite-exponential --agents 5", "--topology", "even number")]
    [InlineData("topology --topology random-regular:degree=9", "--topology", "from 1 to 3")]
    [InlineData("topology --topology no-such.yaml", "--topology", "there is no such file")]
    [InlineData("topology --svg", "--svg", "needs a value")]
    [InlineData("environments lst", "lst", "did you mean list?")]
    [InlineData("environments replay", "FILE", "missing")]
    [InlineData("environments replay no-such.jsonl", "no-such.jsonl", "there is no such file")]
    [InlineData("bench computer", "computer", "did you mean compute?")]
    [InlineData("bench compute --network minatr", "--network", "did you mean minatar?")]
    [InlineData("bench compute --works some", "--works", "networks, layers, kernels, all")]
    [InlineData("bench compute --seconds 0", "--seconds", "'0'")]
    [InlineData("bench environments --seconds long", "--seconds", "'long'")]
    [InlineData("bench training --agents 1,0", "--agents", "'1,0'")]
    [InlineData("bench training --environment minatar/brekout --seconds 0.1", "--environment", "minatar/breakout")]
    [InlineData("bench soak --minutes 0", "--minutes", "'0'")]
    [InlineData("--frobnicate", "--frobnicate", "unknown option")]
    public void Run_BadInput_OneLineThatNamesItAndTheMend(string line, string named, string mend)
    {
        TestConsole console = new();

        int exitCode = console.Run(Made.Services(), line.Split(' '));

        Assert.Equal(2, exitCode);
        string error = console.ErrorLines[0];
        Assert.StartsWith($"error: {named}: ", error, StringComparison.Ordinal);
        Assert.Contains(mend, error, StringComparison.Ordinal);
        Assert.Equal("", console.Out);
        if (!line.StartsWith("trian --", StringComparison.Ordinal))
        {
            Assert.Single(console.ErrorLines);
        }
    }

    [Fact]
    public void Train_SeveralBadOptions_AllReportedAtOnce()
    {
        TestConsole console = new();

        int exitCode = console.Run(
            Made.Services(), "train", "--agents", "0", "--lerning-rate", "1", "--environment", "chess", "--gamma", "2", "--optimizer", "sgd", "--run");

        Assert.Equal(2, exitCode);
        Assert.Equal(
            ["--agents", "--environment", "--gamma", "--lerning-rate", "--optimizer", "--run"],
            console.ErrorLines.Select(line => line.Split(": ")[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Train_ConfigWithMisspeltKey_SaysWhichKeyWasMeant()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "agents: 2\nlerningRate: 0.1\n");
            TestConsole console = new();

            int exitCode = console.Run(Made.Services(), "train", "--config", file, "--agents", "0");

            Assert.Equal(2, exitCode);
            Assert.Equal(2, console.ErrorLines.Count);
            Assert.Contains("learningRate", console.ErrorLines[0], StringComparison.Ordinal);
            Assert.Contains("--agents", console.ErrorLines[1], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Run_WordWithLineBreaksAndEscapes_StaysOneLineWithoutThem()
    {
        TestConsole console = new();

        console.Run(Made.Services(), "train", "--agents", "1\n2\e[31m");

        string line = Assert.Single(console.ErrorLines);
        Assert.DoesNotContain('\e', line);
    }

    [Fact]
    public void Run_ResponseFileSyntax_IsAnOrdinaryWord()
    {
        TestConsole console = new();

        Assert.Equal(2, console.Run(Made.Services(), "train", "@secret"));

        Assert.Contains("@secret", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }
}
