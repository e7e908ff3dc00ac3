using Gala.Cli.Display;
using Gala.Runs;
using Spectre.Console;

namespace Gala.Cli.Tests;

public sealed class DisplayTests
{
    private static readonly RunHeading Heading =
        RunHeading.Of(new RunOptions { Agents = 4, Network = "minatar", LearningRate = 7e-4, Environment = "minatar/breakout" });

    [Theory]
    [InlineData(80, 24, 4)]
    [InlineData(120, 40, 16)]
    public void LiveTable_Report_ShowsEverythingWithinTheWindow(int width, int height, int agents)
    {
        string[] lines = Draw(width, height, Made.Report(agents), Made.Report(agents));
        string all = string.Join('\n', lines);

        Assert.All(lines, line => Assert.True(line.Length < width, line));
        Assert.True(lines.Length < height);
        foreach (string text in (string[])
            ["minatar/breakout", "4 agents x 16 simulators", "rate 7e-4", "1,234,567 / 3,000,000", "41%", "1:02:05 left", "251,234",
                "12.35", "best 13.50", "4,321", "1.2345", "-0.0123", "0.2345", "0.8765", "0.4321", "0.0312", "0.31%", "0.4567", "written"])
        {
            Assert.Contains(text, all, StringComparison.Ordinal);
        }

        for (int rank = 0; rank < agents; rank++)
        {
            string state = rank % 2 == 0 ? "learning" : "waiting";
            Assert.Single(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, $@"^ +{rank} {state} .* 0\.0213 +50% +1\.50 +25% *$"));
        }
    }

    [Fact]
    public void LiveTable_LongEnvironment_LeavesOutFactsRatherThanBreakTheLine()
    {
        LiveTable table = new(
            RunHeading.Of(new RunOptions { Agents = 4, Environment = "minatar/breakout:sticky=0.1:ramping=false:actions=minimal", Network = "minatar" }),
            () => (80, 24),
            TimeProvider.System);

        string[] lines = DrawOf(table, 80, 24);

        Assert.Contains("  gala", lines[0], StringComparison.Ordinal);
        Assert.Equal("starting", lines[1].Trim());
    }

    [Fact]
    public void LiveTable_MoreAgentsThanRows_SaysHowManyAreHidden()
    {
        string[] lines = Draw(80, 24, Made.Report(agents: 64));

        Assert.True(lines.Length <= 24, string.Join("\n", lines));
        int shown = lines.Count(line => line.Contains("learning", StringComparison.Ordinal) || line.Contains("waiting", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains($"and {64 - shown} more agents", StringComparison.Ordinal));
    }

    [Fact]
    public void LiveTable_OneAgent_SaysNothingOfGossip()
    {
        string all = string.Join('\n', Draw(80, 24, Made.Report(agents: 1)));

        Assert.DoesNotContain("distance", all, StringComparison.Ordinal);
        Assert.DoesNotContain("stale", all, StringComparison.Ordinal);
    }

    [Fact]
    public void LiveTable_BeforeTheFirstEpisode_ShowsADash()
    {
        TrainingReport report = Made.Report() with { MeanReturn100 = null, BestMeanReturn100 = null, ExplainedVariance = double.NaN, Remaining = null };

        string all = string.Join('\n', Draw(80, 24, report));

        Assert.Contains("best -", all, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_SomeAgentsFailed_SaysHowMany()
    {
        TrainingReport report = Made.Report() with { FailedAgents = [new FailedAgent("agent 1", "on fire")] };
        StringWriter output = new();
        new PlainLines(output, Heading).OnReport(report);

        Assert.Contains("failed agents 1", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(Draw(80, 24, report), line => line.Contains("251,234  1 failed", StringComparison.Ordinal));
    }

    [Fact]
    public void PlainLines_ManyReports_GrowingIntervalsPlainAscii()
    {
        StringWriter output = new();
        PlainLines lines = new(output, Heading);
        for (int second = 0; second <= 600; second++)
        {
            lines.OnReport(Made.Report(frames: 1_000 + second, seconds: second));
        }

        lines.PrintLast();

        string text = output.ToString();
        string[] printed = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(text, character => Assert.True(char.IsAscii(character) && (!char.IsControl(character) || character is '\n' or '\r')));
        Assert.InRange(printed.Length, 30, 60); // 601 reports
        Assert.Contains("frames 1,600 ", printed[^1], StringComparison.Ordinal); // the last one is there
        Assert.Single(printed, line => line.Contains("frames 1,600 ", StringComparison.Ordinal)); // and only once
        Assert.Contains("return 12.35 (best 13.50)", printed[1], StringComparison.Ordinal);
        Assert.Contains("distance 0.0312 (0.31%, bound 0.4567)", printed[1], StringComparison.Ordinal);
    }

    [Fact]
    public void PlainLines_RefusedMessages_AreThereOnceThereIsOne()
    {
        StringWriter output = new();
        PlainLines lines = new(output, Heading);
        lines.OnReport(Made.Report(frames: 1_000, seconds: 1));
        lines.PrintLast();
        Assert.DoesNotContain("refused", output.ToString(), StringComparison.Ordinal);
        lines.OnReport(Made.Report(frames: 2_000, seconds: 2) with { RefusedMessages = 1_234 });
        lines.PrintLast();
        Assert.Contains("refused messages 1,234", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ReturnHistory_LongRamp_StaysWithinTheWidthAndRises()
    {
        ReturnHistory history = new();
        for (int i = 0; i < 100_000; i++)
        {
            history.Add(i);
        }

        string line = history.Sparkline(16);

        Assert.Equal(16, line.Length);
        Assert.Equal(string.Concat(line.Order()), line);
        Assert.Equal(('▁', '█'), (line[0], line[^1]));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0123, "-0.0123")]
    [InlineData(1.23456, "1.2346")]
    [InlineData(12.3456, "12.35")]
    [InlineData(12345.6, "12,346")]
    [InlineData(0.00012, "1.2e-4")]
    [InlineData(2.5e9, "2.5e9")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.PositiveInfinity, "-")]
    public void NumberText_Real_IsShort(double value, string expected) => Assert.Equal(expected, NumberText.Real(value));

    [Fact]
    public void SvgPicture_Markup_KeepsColoursAndEscapes()
    {
        string svg = SvgPicture.Draw(new Markup("[#ff0000]a<b[/] [on #00ff00]x[/]"), 40, "t & t");

        System.Xml.Linq.XElement root = System.Xml.Linq.XDocument.Parse(svg).Root!;
        Assert.Contains(root.Descendants(), text => text.Value == "a<b" && text.Attribute("fill")?.Value == "#FF0000");
        Assert.Contains(root.Descendants(), rectangle => rectangle.Attribute("fill")?.Value == "#00FF00");
        Assert.Contains(root.Descendants(), text => text.Value == "t & t");
    }

    [Fact]
    public void SvgPicture_Lines_StandBelowEachOtherInTheirColumns()
    {
        Grid grid = new();
        grid.AddColumns(2);
        grid.AddRow(new Rows(new Markup("a"), Text.Empty, new Markup("c")), new Text("1\n2\n3"));

        string svg = SvgPicture.Draw(grid, 40, "t");

        Dictionary<string, (double X, double Y)> at = System.Xml.Linq.XDocument.Parse(svg).Descendants()
            .Where(element => element.Attribute("textLength") is not null)
            .ToDictionary(element => element.Value, element => ((double)element.Attribute("x")!, (double)element.Attribute("y")!));
        Assert.Equal(["1", "2", "3", "a", "c"], at.Keys.Order(StringComparer.Ordinal));
        Assert.True(at["a"].X == at["c"].X && at["1"].X == at["2"].X && at["2"].X == at["3"].X && at["a"].X < at["1"].X);
        Assert.True(at["a"].Y == at["1"].Y && at["1"].Y < at["2"].Y && at["2"].Y < at["3"].Y && at["3"].Y == at["c"].Y);
    }

    private static string[] Draw(int width, int height, params TrainingReport[] reports)
    {
        LiveTable table = new(Heading, () => (width, height), TimeProvider.System);
        foreach (TrainingReport report in reports)
        {
            table.OnReport(report);
        }

        table.OnMessage("checkpoint written");
        return DrawOf(table, width, height);
    }

    private static string[] DrawOf(LiveTable table, int width, int height)
    {
        StringWriter output = new();
        IAnsiConsole console = new GalaConsole { Out = output, Error = output, Size = () => (width, height) }.Drawing();
        console.Write(table);
        return [.. output.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd())];
    }
}
