using Gala.Runs;

namespace Gala.Tests.Runs.Records;

public sealed class SummaryFileTests
{
    [Fact]
    public void Write_Summary_HasTheContractsNames()
    {
        using TemporaryFolder folder = new();
        SummaryFile.Write(folder["summary.json"], SomeReports.Summary);
        string expected = """
            {
              "architecture": "gala",
              "environment": "minatar/breakout",
              "agents": 4,
              "simulatorsPerAgent": 16,
              "seed": 18446744073709551615,
              "frames": 3000000,
              "environmentSteps": 2999999,
              "updates": 37500,
              "refusedUpdates": 0,
              "exchanges": 0,
              "wallSeconds": 12.5,
              "framesPerSecond": 240000,
              "environmentStepsPerSecond": 239999.5,
              "episodes": 5000,
              "meanReturn100": 9.5,
              "bestMeanReturn100": 10,
              "consensus": {
                "maxDistance": 0.5,
                "meanDistance": 0.25,
                "relativeDistance": 0.125,
                "bound": null
              },
              "lostProcesses": [],
              "parametersSha256": "ab",
              "version": "0.1.0"
            }

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), File.ReadAllText(folder["summary.json"]));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
