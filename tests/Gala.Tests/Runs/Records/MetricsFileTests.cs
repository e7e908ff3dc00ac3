using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gala.Runs;

namespace Gala.Tests.Runs.Records;

public sealed class MetricsFileTests
{
    [Fact]
    public void OnReport_Report_IsOneLineOfCamelCaseJson()
    {
        using TemporaryFolder folder = new();
        using (MetricsFile metrics = new(folder["metrics.jsonl"], new FixedClock()))
        {
            metrics.OnReport(SomeReports.Full);
        }

        string expected = """
            {"time":"2026-03-04T05:06:07+00:00","session":1,"elapsedSeconds":12.5,"remainingSeconds":60,"frames":300000,"targetFrames":3000000,
            "environmentSteps":75000,"updates":937,"refusedUpdates":0,"framesPerSecond":24000.5,"episodes":412,"meanReturn100":7.25,"bestMeanReturn100":8.5,
            "meanLength100":91,"learningRate":0.0056,"policyLoss":-0.125,"valueLoss":0.375,"entropy":1.5,"explainedVariance":0.625,
            "gradientNorm":0.75,"consensus":{"maxDistance":0.5,"meanDistance":0.25,"relativeDistance":0.03125,"bound":2},"agents":[
            {"rank":0,"state":"starting","updates":468,"refusedUpdates":0,"framesPerSecond":12000,"meanReturn100":10,"entropy":1.25,"distanceToMean":0.5,
            "mixes":400,"mixShare":0.5,"staleness":1.5,"staleness99":4,"aheadShare":0.25},
            {"rank":1,"state":"starting","updates":468,"refusedUpdates":0,"framesPerSecond":12000,"meanReturn100":20,"entropy":1.25,"distanceToMean":0.5,
            "mixes":400,"mixShare":0.5,"staleness":1.5,"staleness99":4,"aheadShare":0.25}]}
            """;
        Assert.Equal(expected.ReplaceLineEndings("") + "\n", File.ReadAllText(folder["metrics.jsonl"]).Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    [Fact]
    public void OnReport_NumbersThatAreNotFinite_AreNull()
    {
        TrainingReport report = SomeReports.Full with
        {
            MeanReturn100 = null,
            PolicyLoss = double.NaN,
            ValueLoss = double.PositiveInfinity,
            Consensus = new ConsensusReport(double.NegativeInfinity, 0, 0, 0),
        };
        JsonElement line = Assert.Single(WriteAfter([], report));
        Assert.Equal(JsonValueKind.Null, line.GetProperty("meanReturn100").ValueKind);
        Assert.Equal(JsonValueKind.Null, line.GetProperty("policyLoss").ValueKind);
        Assert.Equal(JsonValueKind.Null, line.GetProperty("valueLoss").ValueKind);
        Assert.Equal(JsonValueKind.Null, line.GetProperty("consensus").GetProperty("maxDistance").ValueKind);
    }

    [Fact]
    public void OnReport_NamesAndNumbersOfEveryKind_IsALineOfJson()
    {
        string name = "two\nlines \0 \ud800";
        TrainingReport report = SomeReports.Full with
        {
            MeanReturn100 = 1e308,
            BestMeanReturn100 = -0.0,
            Gauges = [new GaugeReading("policyLag", "lag", double.NaN)],
            FailedAgents = [new FailedAgent(name, name)],
        };

        JsonElement line = Assert.Single(WriteAfter([], report));

        Assert.Equal(1e308, line.GetProperty("meanReturn100").GetDouble());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("policyLag").ValueKind);
        Assert.Equal("two\nlines \0 \ufffd", line.GetProperty("failedAgents")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public void OnReport_WhileOpen_CanBeFollowed()
    {
        using TemporaryFolder folder = new();
        using MetricsFile metrics = new(folder["metrics.jsonl"], new FixedClock());
        metrics.OnReport(SomeReports.Full);
        metrics.OnReport(SomeReports.Full);
        using FileStream reader = new(folder["metrics.jsonl"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader text = new(reader);
        Assert.Equal(2, text.ReadToEnd().Count(character => character == '\n'));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\"frames\":1}\n", 2)]
    [InlineData("{\"frames\":1}", 2)] // whole but for its line end
    [InlineData("{\"frames\":1}\n{\"frames\":2,\"upda", 2)]
    [InlineData("{\"frames\":2,\"upda", 1)]
    public void Open_FileOfACrash_GoesOnWithWholeLinesOnly(string before, int lines) =>
        Assert.Equal(lines, WriteAfter(Encoding.UTF8.GetBytes(before), SomeReports.Full).Count);

    [Fact]
    public void Open_LastLineLongerThanABlock_IsRepaired()
    {
        string whole = $"{{\"a\":\"{new string('x', 10_000)}\"}}\n";
        Assert.Equal(2, WriteAfter(Encoding.UTF8.GetBytes(whole + whole[..9_000]), SomeReports.Full).Count);
        Assert.Equal(3, WriteAfter(Encoding.UTF8.GetBytes(whole + whole[..^1]), SomeReports.Full).Count);
    }

    [Fact]
    public void Open_CutAnywhere_LosesNoWholeLine()
    {
        string three = "{\"frames\":1}\n{\"frames\":2}\n{\"frames\":3}\n";
        Prop.ForAll(Gen.Choose(0, three.Length).ToArbitrary(), length =>
        {
            int whole = three[..length].Count(character => character == '}');
            return WriteAfter(Encoding.UTF8.GetBytes(three[..length]), SomeReports.Full).Count == whole + 1;
        }).QuickCheckThrowOnFailure();
    }

    private static List<JsonElement> WriteAfter(byte[] before, TrainingReport report)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("metrics.jsonl", before);
        using (MetricsFile metrics = new(path, new FixedClock()))
        {
            metrics.OnReport(report);
        }

        return [.. File.ReadAllLines(path).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
