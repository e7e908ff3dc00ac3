using System.Xml.Linq;
using Gala.Figures;
using Gala.Reproductions;
using Gala.Runs;
using Gala.Tests.Runs;

namespace Gala.Tests.Reproductions;

public sealed class RobustnessTests
{
    private static readonly double[] Times = [0.5, 1, 2];

    [Fact]
    public void Run_AFewFrames_HasEveryRunAndDrawsEveryMap()
    {
        using TemporaryFolder folder = new();
        IReproduction reproduction = ReproductionList.All.Single(candidate => candidate.Name == "robustness");
        ReproductionSettings settings = new() { Folder = folder["out"], Quick = true, Seeds = 1, Frames = 2_560, Games = ["breakout"] };

        List<string> lines = [];
        ReproductionReport report = reproduction.Run(settings, lines.Add, CancellationToken.None);

        Assert.Equal(12, lines.Count); // 2 methods x 2 numbers x 3 rates
        Assert.StartsWith("12/12 ", lines[^1], StringComparison.Ordinal);
        Assert.All(report.Verdicts, verdict => Assert.Equal(Outcome.Unclear, verdict.Outcome)); // of one seed
        Assert.Equal(12, report.Tables[0].Rows.Count);
        Assert.All(report.Tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
        Assert.All(report.Charts, chart => Assert.DoesNotContain("NaN", chart.Picture.ToSvg(), StringComparison.Ordinal));
    }

    [Fact]
    public void Options_OfAMethod_ShareTheSimulatorsOutAndScaleTheRateByTheirSquareRoot()
    {
        RunOptions a2c = RobustnessMethod.A2C.Options(simulators: 256, times: 2), gala = RobustnessMethod.Gala.Options(simulators: 256, times: 0.5);

        Assert.Equal((1, 256), (a2c.Agents, a2c.Simulators));
        Assert.Equal((16, 16), (gala.Agents, gala.Simulators));
        Assert.Equal(RobustnessMethod.A2C.TunedRate * 8, a2c.LearningRate!.Value, 1e-12);
        Assert.Equal(RobustnessMethod.Gala.TunedRate * 2, gala.LearningRate!.Value, 1e-12);
    }

    [Fact]
    public void Make_A2CThatFailsWithManySimulators_SaysThatTheClaimHoldsWithItsWidths()
    {
        // GALA learns at every rate; A2C with few simulators too, with many at the lowest rate alone.
        ReproductionReport report = Report((method, simulators, times) => method == "GALA" || simulators == 16 || times < 1 ? 20 : 1);

        Assert.All(report.Verdicts, verdict => Assert.Equal(Outcome.Holds, verdict.Outcome));
        Assert.Contains("falls by 1.00 [1.00, 1.00]", report.Verdicts[0].Figures, StringComparison.Ordinal);
        Assert.Contains("wider by 2.0 [2.0, 2.0] octaves", report.Verdicts[2].Figures, StringComparison.Ordinal);
        Table widths = report.Tables.Single(table => table.Title.StartsWith("Width", StringComparison.Ordinal));
        Assert.Equal([["GALA", "3.0 [3.0, 3.0]", "3.0 [3.0, 3.0]"], ["A2C", "3.0 [3.0, 3.0]", "1.0 [1.0, 1.0]"]], widths.Rows);
    }

    [Fact]
    public void Make_GalaThatFailsWithManySimulators_SaysThatTheClaimDoesNotHold()
    {
        ReproductionReport report = Report((method, simulators, _) => method == "A2C" || simulators == 16 ? 20 : 1);

        Assert.All(report.Verdicts, verdict => Assert.Equal(Outcome.DoesNotHold, verdict.Outcome));
    }

    [Fact]
    public void ToSvg_AHeatMapWithNames_HasThem()
    {
        HeatMapSheet sheet = new("maps", [new HeatMap("one", [[0, 0.5, 1], [1, 0, 0.25]]) { Rows = ["16", "64"], Columns = ["x 1", "x 2", "x 4"] }]);

        string[] texts = [.. XDocument.Parse(sheet.ToSvg()).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

        Assert.Equal(["maps", "one", "16", "64", "x 1", "x 2", "x 4", "0.00", "0.50", "1.00", "1.00", "0.00", "0.25"], texts);
    }

    private static ReproductionReport Report(Func<string, int, double, double> value)
    {
        RobustnessGrid grid = new(["breakout", "asterix"], [16, 64], Times, Seeds: 3, Frames: 1_000);
        return new RobustnessReport(
            new ReproductionSettings { Folder = "", Seeds = 3 },
            grid,
            grid.Cells.ToDictionary(cell => cell, cell => Enumerable.Repeat(value(cell.Method.Name, cell.Simulators, cell.Times), 3).ToArray())).Make();
    }
}
