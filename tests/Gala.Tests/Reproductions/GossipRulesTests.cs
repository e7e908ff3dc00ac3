using System.Globalization;
using System.Text.Json;
using Gala.Experiments;
using Gala.Figures;
using Gala.Reproductions;
using Gala.Tests.Runs;

namespace Gala.Tests.Reproductions;

public sealed class GossipRulesTests
{
    private static readonly GossipVariant[] Variants =
        [GossipVariant.Every(1_000), GossipVariant.Qsr(1_000), GossipVariant.Significant(1_000), GossipVariant.SyncSwitch(1_000), GossipVariant.Asynchronous(1_000)];

    [Fact]
    public void Run_AFewFrames_CountsTheExchangesOfEachRule()
    {
        using TemporaryFolder folder = new();
        IReproduction reproduction = ReproductionList.All.Single(candidate => candidate.Name == "gossip-rules");
        ReproductionSettings settings = new() { Folder = folder["out"], Quick = true, Seeds = 1, Frames = 5_120, Games = ["breakout"] };

        ReproductionReport report = reproduction.Run(settings, _ => { }, CancellationToken.None);

        Table runs = report.Tables[0];
        Dictionary<string, (string Exchanges, string Updates)> counts = runs.Rows.ToDictionary(row => row[0], row => (row[4], row[5]));
        Assert.Equal(7, counts.Count);
        Assert.Equal(("64", "64"), counts["every update, in lock-step"]); // 16 updates of 4 agents
        Assert.Equal(("16", "64"), counts["every 4th update"]);
        Assert.Equal(("4", "64"), counts["every 16th update"]);
        Assert.All(report.Verdicts, verdict => Assert.Equal(Outcome.Unclear, verdict.Outcome)); // of one seed
        Assert.All(report.Tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
        Assert.DoesNotContain("NaN", report.Charts[0].Picture.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_RulesThatSaveAndLearnAsWell_HoldsForEachClaim()
    {
        ReproductionReport report = Report(rule => (Return: 20, Exchanges: rule is "qsr" or "significant" ? 20 : 100, FramesPerSecond: rule == "every" ? 100 : 200));

        Assert.All(report.Verdicts, verdict => Assert.Equal(Outcome.Holds, verdict.Outcome));
        Assert.Contains("saves 80 % [80 %, 80 %]", report.Verdicts[0].Figures, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 20)] // worse
    [InlineData(20, 90)] // saves too little
    public void Make_RulesThatAreWorseOrSaveLittle_DoNotHold(double meanReturn, double exchanges)
    {
        ReproductionReport report = Report(rule => (rule is "qsr" or "significant" ? meanReturn : 20, rule is "qsr" or "significant" ? exchanges : 100, rule == "sync-switch" ? 100 : 200));

        Assert.Equal(
            [Outcome.DoesNotHold, Outcome.DoesNotHold, Outcome.Holds, Outcome.DoesNotHold], // half as fast
            report.Verdicts.Select(verdict => verdict.Outcome));
    }

    private static ReproductionReport Report(Func<string, (double Return, double Exchanges, double FramesPerSecond)> figures)
    {
        Dictionary<(string, string), TrainedRun[]> runs = [];
        foreach (GossipVariant variant in Variants)
        {
            (double value, double exchanges, double speed) = figures(variant.Key);
            string json = string.Create(CultureInfo.InvariantCulture, $"{{\"meanReturn100\":{value},\"exchanges\":{exchanges},\"framesPerSecond\":{speed}}}");
            runs[(variant.Key, "asterix")] = [.. Enumerable.Range(0, 3).Select(_ => new TrainedRun(JsonDocument.Parse(json).RootElement, []))];
        }

        return new GossipRulesReport(new ReproductionSettings { Folder = "", Seeds = 3 }, 1_000, ["asterix"], Variants, runs).Make();
    }
}
