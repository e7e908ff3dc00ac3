using Gala.Figures;
using Gala.Reproductions;
using Gala.Tests.Runs;

namespace Gala.Tests.Reproductions;

public sealed class MultiTaskReproductionTests
{
    [Fact]
    public void Run_AFewFrames_SetsBothReturnsOfEachGameSideBySide()
    {
        using TemporaryFolder folder = new();
        IReproduction reproduction = ReproductionList.All.Single(candidate => candidate.Name == "multi-task");
        ReproductionSettings settings = new() { Folder = folder["out"], Quick = true, Seeds = 1, Frames = 60_000 };

        ReproductionReport report = reproduction.Run(settings, _ => { }, CancellationToken.None);
        ReproductionFolder.Write(settings.Folder, reproduction.Name, report);

        Assert.Equal(Outcome.Unclear, Assert.Single(report.Verdicts).Outcome); // of one seed
        Table table = Assert.Single(report.Tables);
        Assert.Equal(
            ["minatar/asterix", "minatar/breakout", "minatar/freeway", "minatar/seaquest", "minatar/space_invaders", "normalised IQM"],
            table.Rows.Select(row => row[0]));
        Assert.DoesNotContain("none", table.Rows[1]); // episodes of breakout are short enough to have ended
        Assert.Equal(["multi-task.csv", "multi-task.md", "multi-task.svg"], Directory.GetFiles(settings.Folder).Select(Path.GetFileName).Order());
    }
}
