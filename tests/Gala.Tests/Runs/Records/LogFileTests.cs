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
}
