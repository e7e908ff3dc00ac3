using Gala.Runs;

namespace Gala.Cli.Tests;

/// <summary>What the command line says to do next can be done, as it stands.</summary>
public sealed class AdviceTests
{
    [Theory]
    [InlineData("runs/a", "gala resume runs/a")]
    [InlineData("runs/it's mine", "gala resume \"runs/it's mine\"")]
    [InlineData("runs/$HOME's", @"gala resume 'runs/$HOME'\''s'")]
    [InlineData("-a", "gala resume ./-a")]
    [InlineData("läufe/a", "gala resume läufe/a")]
    public void Train_FolderOfARun_NamesTheCommandThatGoesOn(string directory, string expected)
    {
        TestConsole console = new();
        RunServices services = Made.Services() with
        {
            Start = (_, _, _, _) => throw new InvalidRunException("words of the library: TrainingRun.Resume") { ExistingRun = directory },
        };
        Assert.Equal(2, console.Run(services, "train"));
        string line = Assert.Single(console.ErrorLines).TrimEnd();
        Assert.StartsWith("error: --run: ", line, StringComparison.Ordinal);
        Assert.EndsWith(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain("TrainingRun", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_StoppedBeforeAnything_DoesNotAdviseToResume()
    {
        string output = Output(new("runs/a", Made.Summary() with { Frames = 0 }, Interrupted: true));
        Assert.DoesNotContain("gala resume", output, StringComparison.Ordinal);
        Assert.Contains("nothing was trained", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500_000_000_000_000, "--frames 1000000b")]
    [InlineData(500_000_000_000_001, null)] // twice that is more than any run has
    public void Train_VeryLongRun_AdvisesNoTotalThatWouldBeRefused(long frames, string? expected)
    {
        string output = Output(new("runs/a", Made.Summary() with { Frames = frames }, Interrupted: false));
        Assert.Equal(expected is not null, output.Contains("--frames", StringComparison.Ordinal));
        Assert.Contains(expected ?? "", output, StringComparison.Ordinal);
    }

    private static string Output(TrainingOutcome outcome)
    {
        TestConsole console = new();
        console.Run(Made.Services() with { Start = (_, _, _, _) => outcome }, "train");
        return console.Out;
    }
}
