using System.Text.Json;
using Gala.Experiments;
using Gala.Runs;
using Gala.Tests.Runs;

namespace Gala.Tests.Experiments;

public sealed class TrainedRunTests
{
    [Fact]
    public void WithoutLost_RunThatCrashedTwice_KeepsOneValueForEachFrame()
    {
        string[] lines =
        [
            """{"frames":100}""", // of a version that marked no sessions
            """{"session":1,"frames":200}""",
            """{"session":1,"frames":300}""",
            """{"session":2,"resumedFrom":200,"frames":250}""",
            """{"session":2,"resumedFrom":200,"frames":350}""",
            """{"session":2,"resumedFrom":200,"frames":450}""",
            """{"session":3,"resumedFrom":350,"frames":400}""",
            """{"session":3,"resumedFrom":350,"frames":500}""",
        ];

        IReadOnlyList<JsonElement> kept = TrainedRun.WithoutLost([.. lines.Select(line => JsonDocument.Parse(line).RootElement)]);

        Assert.Equal([100, 200, 250, 350, 400, 500], kept.Select(report => report.GetProperty("frames").GetInt32()));
    }

    [Fact]
    public void MakeRoom_RunThatWasStopped_IsDeleted()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder["run"]).FullName, "run.lock"), "");

        TrainedRun.MakeRoom(folder["run"]);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void MakeRoom_FinishedRunsOfOtherOptions_ArePutAside()
    {
        using TemporaryFolder folder = new();
        for (int i = 1; i <= 2; i++)
        {
            Directory.CreateDirectory(folder["run"]);
            Array.ForEach(["run.lock", "summary.json"], name => File.WriteAllText(Path.Combine(folder["run"], name), $"{i}"));
            TrainedRun.MakeRoom(folder["run"]);
        }

        Assert.False(Directory.Exists(folder["run"]));
        Assert.Equal("1", File.ReadAllText(folder["run-before-1/summary.json"]));
        Assert.Equal("2", File.ReadAllText(folder["run-before-2/summary.json"]));
    }

    [Fact]
    public void MakeRoom_AnotherProcessTrainsThere_IsRefused()
    {
        using TemporaryFolder folder = new();
        using RunFolder other = RunFolder.Create(folder["run"]);

        InvalidRunException exception = Assert.Throws<InvalidRunException>(() => TrainedRun.MakeRoom(folder["run"]));

        Assert.Contains("another process", exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["run/run.lock"]));
    }

    [Fact]
    public void MakeRoom_FolderThatHoldsNoRun_IsLeftAlone()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder["run"]).FullName, "thesis.tex"), "");

        Assert.Throws<InvalidRunException>(() => TrainedRun.MakeRoom(folder["run"]));

        Assert.True(File.Exists(folder["run/thesis.tex"]));
    }
}
