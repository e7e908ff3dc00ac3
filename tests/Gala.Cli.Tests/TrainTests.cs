using System.Runtime.InteropServices;
using Gala.Runs;

namespace Gala.Cli.Tests;

public sealed class TrainTests
{
    [Fact]
    public void Train_Options_ReachTheRunWithHumanNumbersAndDefaults()
    {
        RunOptions? got = null;
        RunServices services = Made.Services() with { Start = (options, _, _, _) => Take(options, out got) };

        int exitCode = new TestConsole().Run(
            services, "train", "--frames", "500k", "--agents", "3", "--deterministic", "--learning-rate=7e-4", "--environment", "classic/cartpole");

        Assert.Equal(0, exitCode);
        Assert.Equal(500_000, got!.Frames);
        Assert.Equal(3, got.Agents);
        Assert.True(got.Deterministic);
        Assert.Equal(7e-4, got.LearningRate);
        Assert.Equal("mlp", got.Network);
    }

    [Fact]
    public void Train_ConfigAndCommandLine_CommandLineWins()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "agents: 2\nseed: 9\ndeterministic: true\n");
            RunOptions? got = null;
            RunServices services = Made.Services() with { Start = (options, _, _, _) => Take(options, out got) };

            Assert.Equal(0, new TestConsole().Run(services, "train", "--agents", "5", "--deterministic=false", "--config", file));

            Assert.Equal(5, got!.Agents);
            Assert.Equal(9ul, got.Seed);
            Assert.False(got.Deterministic);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_Done_SaysWhereAndWhatNext(bool isTerminal)
    {
        TestConsole console = new() { IsTerminal = isTerminal };
        RunServices services = Made.Services() with
        {
            Start = (_, observers, _, _) =>
            {
                Assert.All(observers, observer => observer.OnReport(Made.Report()));
                return Made.Outcome();
            },
        };

        Assert.Equal(0, console.Run(services, "train"));

        Assert.Contains("1,234,567", console.Out, StringComparison.Ordinal);
        Assert.Contains("Done after 3,000,000 frames in 1:01", console.Out, StringComparison.Ordinal);
        Assert.Contains("gala evaluate \"runs/made up\"", console.Out, StringComparison.Ordinal);
        Assert.Equal(isTerminal, console.Out.Contains('\e', StringComparison.Ordinal));
        Assert.Equal("", console.Error);
    }

    [Fact]
    public void Train_QuietInATerminal_PrintsPlainLines()
    {
        TestConsole console = new() { IsTerminal = true };

        Assert.Equal(0, console.Run(Made.Services() with { Start = (_, _, _, _) => Made.Outcome() }, "train", "--quiet"));

        Assert.DoesNotContain('\e', console.Out);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public void Train_Interrupted_StopsTheRunAndSaysHowToResume(PosixSignal signal, int expected)
    {
        TestConsole console = new();
        RunServices services = Made.Services() with
        {
            Start = (_, _, stop, _) =>
            {
                Assert.False(stop.IsCancellationRequested);
                console.Signal(signal);
                Assert.True(stop.IsCancellationRequested);
                return Made.Outcome(interrupted: true);
            },
        };

        Assert.Equal(expected, console.Run(services, "train"));

        Assert.Contains("stopping", console.Out, StringComparison.Ordinal);
        Assert.Contains("gala resume \"runs/made up\"", console.Out, StringComparison.Ordinal);
        Assert.Empty(console.Exits);
    }

    [Fact]
    public void Train_InterruptedTwice_LeavesAtOnceWithTheCursorShown()
    {
        TestConsole console = new() { IsTerminal = true };
        RunServices services = Made.Services() with
        {
            Start = (_, _, _, _) =>
            {
                console.Signal(PosixSignal.SIGINT);
                console.Signal(PosixSignal.SIGINT);
                Assert.EndsWith("\e[?25h", console.Out, StringComparison.Ordinal);
                return Made.Outcome(interrupted: true);
            },
        };

        console.Run(services, "train");

        Assert.Equal([130], console.Exits);
    }

    [Theory]
    [InlineData(PosixSignal.SIGHUP, PosixSignal.SIGHUP, 129)]
    [InlineData(PosixSignal.SIGTERM, PosixSignal.SIGHUP, 143)]
    [InlineData(PosixSignal.SIGHUP, PosixSignal.SIGTERM, 129)]
    public void Train_HangUpWithAnotherSignal_IsNoImpatience(PosixSignal first, PosixSignal second, int expected)
    {
        TestConsole console = new();
        RunServices services = Made.Services() with
        {
            Start = (_, _, _, _) =>
            {
                console.Signal(first);
                console.Signal(second);
                return Made.Outcome(interrupted: true);
            },
        };

        Assert.Equal(expected, console.Run(services, "train"));

        Assert.Empty(console.Exits);
        Assert.Single(console.Out.Split('\n'), line => line.StartsWith("stopping", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_RunFails_OneLineAndStackTraceOnlyWhenVerbose(bool verbose)
    {
        TestConsole console = new();
        RunServices services = Made.Services() with
        {
            Start = (_, _, _, _) => throw new TrainingFailedException("agent 2 failed: out of cheese", new InvalidOperationException("cheese")),
        };

        Assert.Equal(1, console.Run(services, verbose ? ["train", "--verbose"] : ["train"]));

        Assert.Equal("error: agent 2 failed: out of cheese", console.ErrorLines[0].TrimEnd());
        Assert.Equal(verbose, console.ErrorLines.Count > 1);
    }

    [Fact]
    public void Train_FolderNotEmpty_ExitsWithTwo()
    {
        TestConsole console = new();
        RunServices services = Made.Services() with { Start = (_, _, _, _) => throw new InvalidRunException("--run: runs/a is not empty") };

        Assert.Equal(2, console.Run(services, "train"));
        Assert.Equal("error: --run: runs/a is not empty", Assert.Single(console.ErrorLines).TrimEnd());
    }

    [Fact]
    public void Train_UnexpectedError_IsOneLineThatNamesItsKind()
    {
        TestConsole console = new();
        RunServices services = Made.Services() with { Start = (_, _, _, _) => throw new DivideByZeroException("two\nlines") };

        Assert.Equal(1, console.Run(services, "train"));
        Assert.Contains("DivideByZeroException", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_Picture_DrawsTheLastReport()
    {
        string file = Path.GetTempFileName();
        try
        {
            RunServices services = Made.Services() with
            {
                Start = (_, observers, _, _) =>
                {
                    Assert.All(observers, observer => observer.OnReport(Made.Report()));
                    return Made.Outcome();
                },
            };

            Assert.Equal(0, new TestConsole().Run(services, "train", "--picture", file));

            System.Xml.Linq.XDocument picture = System.Xml.Linq.XDocument.Load(file);
            Assert.Contains(picture.Descendants(), element => element.Value == "1,234,567");
            Assert.Contains(picture.Descendants(), element => element.Value == "learning");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_MessageThatCommandsATerminal_IsPrintedAsOneLineWithoutCommands(bool isTerminal)
    {
        string file = Path.GetTempFileName();
        try
        {
            TestConsole console = new() { IsTerminal = isTerminal };
            RunServices services = Made.Services() with
            {
                Start = (_, observers, _, _) =>
                {
                    Assert.All(observers, observer => observer.OnReport(Made.Report()));
                    Assert.All(observers, observer => observer.OnMessage("wipe\e[2J \0\ud800\nbroken"));
                    return Made.Outcome();
                },
            };

            Assert.Equal(0, console.Run(services, "train", "--picture", file));

            Assert.DoesNotContain("\e[2J", console.Out, StringComparison.Ordinal);
            Assert.Contains("wipe [2J", console.Out, StringComparison.Ordinal);
            Assert.DoesNotContain("\nbroken", console.Out, StringComparison.Ordinal);
            Assert.NotNull(System.Xml.Linq.XDocument.Load(file).Root);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Resume_Frames_ReachTheRun()
    {
        (string, long?) got = default;
        RunServices services = Made.Services() with
        {
            Resume = (directory, frames, _, _, _) =>
            {
                got = (directory, frames);
                return Made.Outcome();
            },
        };

        Assert.Equal(0, new TestConsole().Run(services, "resume", "runs/x", "--frames", "1.5m"));
        Assert.Equal(("runs/x", (long?)1_500_000), got);
        Assert.Equal(0, new TestConsole().Run(services, "resume", "runs/x"));
        Assert.Equal(("runs/x", (long?)null), got);
    }

    private static TrainingOutcome Take(RunOptions options, out RunOptions got)
    {
        got = options;
        return Made.Outcome();
    }
}
