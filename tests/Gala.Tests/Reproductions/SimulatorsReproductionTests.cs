using Gala.Figures;
using Gala.Reproductions;
using Gala.Tests.Runs;

namespace Gala.Tests.Reproductions;

public sealed class SimulatorsReproductionTests
{
    [Fact]
    public void Run_AFewFrames_HasARowForEachMethodAndNumberAndTheSameOneAtSixteen()
    {
        using TemporaryFolder folder = new();
        IReproduction reproduction = ReproductionList.All.Single(candidate => candidate.Name == "simulators");
        ReproductionSettings settings = new() { Folder = folder["out"], Quick = true, Seeds = 1, Frames = 20_000 };

        ReproductionReport report = reproduction.Run(settings, _ => { }, CancellationToken.None);

        Assert.Equal(Outcome.Unclear, Assert.Single(report.Verdicts).Outcome); // of one seed
        IReadOnlyList<IReadOnlyList<string>> rows = Assert.Single(report.Tables).Rows;
        Assert.Equal(["16", "128", "16", "128", "16", "128"], rows.Select(row => row[1]));
        Assert.Equal(rows[0].Skip(1), rows[2].Skip(1));
        Assert.Equal(rows[0].Skip(1), rows[4].Skip(1)); // one agent of GALA is A2C
        Assert.NotEqual(rows[1].Skip(1), rows[3].Skip(1)); // other rates
        Assert.Equal(4, Assert.IsType<ChartSheet>(Assert.Single(report.Charts).Picture).Panels.Count);
    }
}
