using System.Runtime.InteropServices;
using Gala.Runs;

namespace Gala.Cli.Tests;

/// <summary>What commands do where nothing can be printed: the terminal was closed, or output goes to a full disk.</summary>
public sealed class LostOutputTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_TerminalIsGone_TrainsToTheEnd(bool isTerminal)
    {
        TestConsole console = new() { IsTerminal = isTerminal, IsGone = true };
        RunServices services = Made.Services() with
        {
            Start = (_, observers, _, _) =>
            {
                Assert.All(observers, observer => observer.OnMessage("a message"));
                Assert.All(observers, observer => observer.OnReport(Made.Report()));
                return Made.Outcome();
            },
        };

        Assert.Equal(0, console.Run(services, "train"));
    }

    [Theory]
    [InlineData(false, PosixSignal.SIGHUP, 129)]
    [InlineData(true, PosixSignal.SIGHUP, 129)]
    [InlineData(true, PosixSignal.SIGTERM, 143)]
    public void Train_StoppedOnATerminalThatIsGone_StillStopsInOrder(bool isTerminal, PosixSignal signal, int expected)
    {
        TestConsole console = new() { IsTerminal = isTerminal, IsGone = true };
        RunServices services = Made.Services() with
        {
            Start = (_, _, stop, _) =>
            {
                console.Signal(signal);
                return Made.Outcome(interrupted: stop.IsCancellationRequested);
            },
        };

        Assert.Equal(expected, console.Run(services, "train"));
    }

    [Fact]
    public void Train_RunFailsOnATerminalThatIsGone_ExitsWithOne()
    {
        RunServices services = Made.Services() with { Start = (_, _, _, _) => throw new TrainingFailedException("agent 2 failed", new InvalidOperationException()) };

        Assert.Equal(1, new TestConsole { IsGone = true }.Run(services, "train", "--verbose"));
    }

    [Fact]
    public void Train_OutputIsFull_KeepsTheRunsExitCodeAndSaysSo()
    {
        TestConsole console = new() { IsFull = true };

        Assert.Equal(0, console.Run(Made.Services() with { Start = (_, _, _, _) => Made.Outcome() }, "train"));

        Assert.Contains("standard output", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evaluate", "runs/x")]
    [InlineData("topology")]
    [InlineData("environments", "list")]
    [InlineData("train", "--help")]
    public void Command_WhoseOutputIsItsResult_FailsWhereItCannotBeWritten(params string[] arguments)
    {
        TestConsole console = new() { IsFull = true };

        Assert.Equal(1, console.Run(Made.Services() with { Evaluate = (_, _, _, _, _, _, _, _) => Made.Evaluation() }, arguments));

        string line = Assert.Single(console.ErrorLines);
        Assert.StartsWith("error: standard output could not be written: Input/output error", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_TerminalIsGone_Ends()
    {
        using LeftPlayer player = new("classic/cartpole");
        TestConsole console = new() { IsTerminal = true, IsGone = true };

        Assert.Equal(1, console.Run(Made.Services() with { LoadPolicy = (_, _) => player }, "watch", "runs/x", "--speed", "1000"));

        Assert.Equal(1, player.Episodes);
    }

    [Theory]
    [InlineData(false, 0, 1)]
    [InlineData(true, 0, 1)]
    [InlineData(false, 130, 130)]
    public void Train_PictureCannotBeWritten_SaysSoAfterTheOutcome(bool isTerminal, int exitCode, int expected)
    {
        TestConsole console = new() { IsTerminal = isTerminal };
        RunServices services = Made.Services() with
        {
            Start = (_, _, _, _) =>
            {
                if (exitCode != 0)
                {
                    console.Signal(PosixSignal.SIGINT);
                }

                return Made.Outcome(interrupted: exitCode != 0);
            },
        };

        Assert.Equal(expected, console.Run(services, "train", "--picture", "/no/such/folder/picture.svg"));

        Assert.Contains("gala evaluate", console.Out, StringComparison.Ordinal);
        Assert.StartsWith("error: --picture:", Assert.Single(console.ErrorLines), StringComparison.Ordinal);
    }
}
