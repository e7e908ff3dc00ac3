using Gala.Runs;

namespace Gala.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help", "Usage: gala [COMMAND]")]
    [InlineData("-h", "Usage: gala [COMMAND]")]
    [InlineData("", "Usage: gala [COMMAND]")]
    [InlineData("train --help", "Usage: gala train [OPTIONS]")]
    [InlineData("resume --help", "Usage: gala resume DIR")]
    [InlineData("evaluate -h", "Usage: gala evaluate DIR")]
    [InlineData("watch --help", "Usage: gala watch DIR")]
    [InlineData("environments --help", "Usage: gala environments [COMMAND]")]
    [InlineData("environments list --help", "Usage: gala environments list")]
    [InlineData("environments replay --help", "Usage: gala environments replay FILE...")]
    [InlineData("topology --help", "Usage: gala topology")]
    [InlineData("bench --help", "Usage: gala bench [COMMAND] [OPTIONS]")]
    [InlineData("bench compute --help", "Usage: gala bench compute [OPTIONS]")]
    [InlineData("bench training --help", "Usage: gala bench training [OPTIONS]")]
    [InlineData("bench soak --help", "Usage: gala bench soak [OPTIONS]")]
    [InlineData("sweep --help", "Usage: gala sweep PLAN [OPTIONS]")]
    public void Help_EveryLevel_ExplainsWithExamplesWithinTheWindow(string line, string usage)
    {
        TestConsole console = new();

        int exitCode = console.Run(Made.Services(), line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, exitCode);
        Assert.Equal("", console.Error);
        Assert.Contains(usage, console.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:", console.Out, StringComparison.Ordinal);
        string beforeExamples = console.Out[..console.Out.IndexOf("Examples:", StringComparison.Ordinal)];
        Assert.All(beforeExamples.Split('\n'), text => Assert.True(text.Length <= 80, text));
    }

    [Fact]
    public void Help_OfTrain_HasEveryOptionOfARunWithItsDefault()
    {
        TestConsole console = new();

        console.Run("train", "--help");

        string words = string.Join(' ', console.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(OptionCatalog.All, entry =>
        {
            Assert.Contains($"{entry.Name} ", words, StringComparison.Ordinal);
            if (!entry.IsSwitch)
            {
                Assert.Contains($"[default: {entry.DefaultText}]", words, StringComparison.Ordinal);
            }
        });
        Assert.Contains("--config FILE", words, StringComparison.Ordinal);
        Assert.DoesNotContain("--picture", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_BesideBadOptions_StillHelps()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run("train", "--agents", "0", "--help"));
        Assert.Equal("", console.Error);
    }

    [Fact]
    public void Version_IsOneLine()
    {
        TestConsole console = new();

        Assert.Equal(0, console.Run("--version"));
        Assert.Matches(@"^gala \d+\.\d+\.\d+\S*\r?\n$", console.Out);
    }
}
