using Gala.Runs;

namespace Gala.Tests.Runs.Records;

public sealed class LogFileTests
{
    [Fact]
    public void OnMessage_TwoSessions_AppendsOneLineEach()
    {
        using TemporaryFolder folder = new();
        foreach (string message in new[] { "Started.", "Two\nlines." })
        {
            using LogFile log = new(folder["log.txt"], new FixedClock());
            log.OnReport(SomeReports.Full);
            log.OnMessage(message);
        }

        Assert.Equal("2026-03-04 05:06:07Z Started.\n2026-03-04 05:06:07Z Two lines.\n", File.ReadAllText(folder["log.txt"]));
    }

    [Fact]
    public void Open_LastLineCutByACrash_GoesOnBelowIt()
    {
        using TemporaryFolder folder = new();
        folder.Write("log.txt", "2026-03-04 05:06:07Z Check"u8.ToArray());
        using (LogFile log = new(folder["log.txt"], new FixedClock()))
        {
            log.OnMessage("Started.");
        }

        Assert.Equal("2026-03-04 05:06:07Z Check\n2026-03-04 05:06:07Z Started.\n", File.ReadAllText(folder["log.txt"]));
    }

    [Fact]
    public void OnMessage_TextThatCommandsATerminal_IsEscaped()
    {
        using TemporaryFolder folder = new();
        using (LogFile log = new(folder["log.txt"], new FixedClock()))
        {
            log.OnMessage("red \e[31m, bell \a, nothing \0, half \ud800, smile 😀\r\nnext");
        }

        Assert.Equal(
            "2026-03-04 05:06:07Z red \\u001b[31m, bell \\u0007, nothing \\u0000, half \ufffd, smile 😀 next\n", File.ReadAllText(folder["log.txt"]));
    }

    [Fact]
    public void OnMessage_TenMillionCharacters_AreShortened()
    {
        using TemporaryFolder folder = new();
        using (LogFile log = new(folder["log.txt"], new FixedClock()))
        {
            log.OnMessage(new string('x', 10_000_000));
        }

        string line = File.ReadAllText(folder["log.txt"]);
        Assert.InRange(line.Length, 100_000, 101_000);
        Assert.EndsWith("x… (10,000,000 characters)\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void OnMessage_SomeoneEmptiedTheFile_GoesOnAtItsNewEnd()
    {
        using TemporaryFolder folder = new();
        using LogFile log = new(folder["log.txt"], new FixedClock());
        log.OnMessage("Long before.");
        using (FileStream other = new(folder["log.txt"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.SetLength(0);
        }

        log.OnMessage("After.");

        using StreamReader reader = new(new FileStream(folder["log.txt"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Equal("2026-03-04 05:06:07Z After.\n", reader.ReadToEnd());
    }
}
