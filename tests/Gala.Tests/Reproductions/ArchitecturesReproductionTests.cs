using Gala.Reproductions;
using Gala.Tests.Runs;

namespace Gala.Tests.Reproductions;

public sealed class ArchitecturesReproductionTests
{
    [Fact]
    public void Run_AFewFrames_WritesPageDataAndChartsAndRepeatsNoFinishedRun()
    {
        using TemporaryFolder folder = new();
        IReproduction reproduction = ReproductionList.All.Single(candidate => candidate.Name == "architectures");
        ReproductionSettings settings = new() { Folder = folder["out"], Quick = true, Seeds = 1, Frames = 2_000 };

        ReproductionReport report = reproduction.Run(settings, _ => { }, CancellationToken.None);
        ReproductionFolder.Write(settings.Folder, reproduction.Name, report);

        Assert.All(report.Verdicts, verdict => Assert.Equal(Outcome.Unclear, verdict.Outcome)); // of one seed
        Assert.All(report.Tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count)));
        Assert.Equal(
            ["architectures.csv", "architectures.md", "return-by-frames.svg", "return-by-seconds.svg"],
            Directory.GetFiles(settings.Folder).Select(Path.GetFileName).Order());
        string[] summaries = Directory.GetFiles(settings.Folder, "summary.json", SearchOption.AllDirectories);
        DateTime[] written = [.. summaries.Where(IsOfFrames).Select(File.GetLastWriteTimeUtc)];
        reproduction.Run(settings, _ => { }, CancellationToken.None);
        Assert.Equal(written, summaries.Where(IsOfFrames).Select(File.GetLastWriteTimeUtc));

        bool IsOfFrames(string path) => path.Contains(Path.Combine("runs", "frames"), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OtherFramesThanBefore_TakesNoOldRunForANewOne()
    {
        using TemporaryFolder folder = new();
        IReproduction reproduction = ReproductionList.All.Single(candidate => candidate.Name == "architectures");
        ReproductionSettings settings = new() { Folder = folder["out"], Quick = true, Seeds = 1, Frames = 6_400, Seconds = 0.1, Games = ["freeway"] };
        reproduction.Run(settings, _ => { }, CancellationToken.None);

        ReproductionReport shorter = reproduction.Run(settings with { Frames = 3_200 }, _ => { }, CancellationToken.None);

        Assert.All(shorter.Tables[0].Rows, row => Assert.Equal("freeway", row[1]));
        IReadOnlyList<string>[] atEqualFrames = [.. shorter.Tables[0].Rows.Where(row => row[2] == "frames")];
        Assert.NotEmpty(atEqualFrames);
        Assert.All(atEqualFrames, row => Assert.Equal("3200", row[4]));
    }

    [Fact]
    public void Run_StoppedBeforeItsStart_ThrowsAndLeavesNothing()
    {
        using TemporaryFolder folder = new();
        IReproduction reproduction = ReproductionList.All.Single(candidate => candidate.Name == "architectures");
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => reproduction.Run(
            new ReproductionSettings { Folder = folder["out"], Quick = true, Seeds = 1, Frames = 1_000_000 }, _ => { }, stop.Token));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
