using Gala.Runs;

namespace Gala.Tests.Runs.TensorBoard;

public sealed class TensorBoardFileTests
{
    /// <summary>The first record of every file at 0 seconds: computed by hand from the format, checksums by the bit-wise definition.</summary>
    [Fact]
    public void WriteTo_FileVersionAtTimeZero_IsTheGoldenBytes()
    {
        EventRecord record = new();
        record.Start(DateTimeOffset.UnixEpoch, step: 0);
        record.SetFileVersion("brain.Event:2");
        using MemoryStream stream = new();
        record.WriteTo(stream);
        string hex = Convert.ToHexStringLower(stream.ToArray());
        Assert.StartsWith("1a00000000000000", hex, StringComparison.Ordinal); // 26 bytes
        Assert.Equal("0900000000000000001000" + "1a0d" + "627261696e2e4576656e743a32", hex[24..^8]);
        _ = EventReader.Read(stream.ToArray()); // checks the checksums
    }

    [Fact]
    public void OnReport_Report_IsReadBackByAnIndependentReader()
    {
        List<EventReader.Event> events = WriteAndRead(SomeReports.Full);
        Assert.Equal(2, events.Count);
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal((FixedClock.UnixSeconds, 300_000), (events[1].WallTime, events[1].Step));
        IReadOnlyDictionary<string, float> values = events[1].Values;
        Assert.Equal(7.25f, values["train/mean_return_100"]);
        Assert.Equal(-0.125f, values["loss/policy"]);
        Assert.Equal(24_000.5f, values["speed/frames_per_second"]);
        Assert.Equal(0.5f, values["gossip/max_distance"]);
        Assert.Equal(20f, values["agent_1/mean_return_100"]);
        Assert.Equal(1.5f, values["agent_1/staleness"]);
        Assert.Equal(0.5f, values["agent_1/mix_share"]);
        Assert.Equal(28, values.Count);
    }

    [Fact]
    public void OnReport_NothingToSay_LeavesTheTagOut()
    {
        TrainingReport report = SomeReports.Full with { MeanReturn100 = null, PolicyLoss = double.NaN, Agents = [SomeReports.Full.Agents[0]] };
        IReadOnlyDictionary<string, float> values = WriteAndRead(report)[1].Values;
        Assert.DoesNotContain("train/mean_return_100", values.Keys);
        Assert.DoesNotContain("loss/policy", values.Keys);
        Assert.DoesNotContain("gossip/max_distance", values.Keys);
        Assert.Contains("agent_0/entropy", values.Keys);
    }

    [Fact]
    public void Create_SameSecondOrAClockThatWentBack_MakesAFileThatSortsLast()
    {
        using TemporaryFolder folder = new();
        List<string> made = [];
        List<TensorBoardFile> open = [];
        for (int i = 0; i < 12; i++)
        {
            open.Add(new TensorBoardFile(folder.Path, new SetClock(FixedClock.UnixSeconds - (i / 4 * 1_000))));
            made.Add(Assert.Single(Directory.GetFiles(folder.Path), file => !made.Contains(file)));
        }

        open.ForEach(file => file.Dispose());
        Assert.Equal(made, made.Order(StringComparer.Ordinal));
        Assert.All(made, file => Assert.Contains("tfevents", Path.GetFileName(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("events.out.tfevents.9999999999.gala")]
    [InlineData("events.out.tfevents.1772600999.some-host")]
    [InlineData("z.tfevents")]
    public void Create_FilesOfOthers_MakesAFileThatSortsAfterThem(string other)
    {
        using TemporaryFolder folder = new();
        folder.Write(other, []);
        using TensorBoardFile file = new(folder.Path, new FixedClock());

        string made = Assert.Single(Directory.GetFiles(folder.Path), path => Path.GetFileName(path) != other);
        Assert.True(string.CompareOrdinal(Path.GetFileName(made), other) > 0, made);
        Assert.Contains("tfevents", Path.GetFileName(made), StringComparison.Ordinal);
    }

    [Fact]
    public void OnReport_ClockGoesBack_TimesDoNot()
    {
        using TemporaryFolder folder = new();
        SetClock clock = new(FixedClock.UnixSeconds);
        using (TensorBoardFile file = new(folder.Path, clock, new RunSession(1, null)))
        {
            file.OnReport(SomeReports.Full);
            clock.Seconds -= 3_600;
            file.OnReport(SomeReports.Full with { Frames = 400_000 });
        }

        File.SetLastWriteTimeUtc(Directory.GetFiles(folder.Path)[0], DateTimeOffset.FromUnixTimeSeconds(FixedClock.UnixSeconds + 10).UtcDateTime);
        using (TensorBoardFile file = new(folder.Path, clock, new RunSession(2, 400_000)))
        {
            file.OnReport(SomeReports.Full with { Frames = 500_000 });
            clock.Seconds += 5;
            file.OnReport(SomeReports.Full with { Frames = 600_000 });
        }

        double[] times = [.. EventReader.ReadFolder(folder.Path).Select(shown => shown.WallTime - FixedClock.UnixSeconds)];
        Assert.Equal([0, 0, 10, 15], times);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // a folder of a version that marked no sessions
    public void OnReport_ResumedAfterACrash_DiscardsWhatWasDoneAfterTheCheckpoint(bool marked)
    {
        using TemporaryFolder folder = new();
        Write(marked ? new RunSession(1, null) : null, 100, 200, 300, 400);
        Write(new RunSession(2, 200), 250, 350);
        Write(new RunSession(3, 250), 280, 380);

        Assert.Equal([100, 200, 250, 280, 380], EventReader.ReadFolder(folder.Path).Select(shown => shown.Step));

        void Write(RunSession? session, params long[] frames)
        {
            using TensorBoardFile file = new(folder.Path, new FixedClock(), session);
            Array.ForEach(frames, count => file.OnReport(SomeReports.Full with { Frames = count }));
        }
    }

    [Fact]
    public void Create_FolderOfOtherEventsWithoutASession_DiscardsNothing()
    {
        using TemporaryFolder folder = new();
        foreach (RunSession? session in new[] { new RunSession(1, null), null })
        {
            using TensorBoardFile file = new(folder.Path, new FixedClock(), session);
            file.OnReport(SomeReports.Full);
        }

        Assert.Equal(2, EventReader.ReadFolder(folder.Path).Count);
    }

    [Fact]
    public void Dispose_WithoutAReport_LeavesNoFile()
    {
        using TemporaryFolder folder = new();
        new TensorBoardFile(folder.Path, new FixedClock()).Dispose();
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static List<EventReader.Event> WriteAndRead(TrainingReport report)
    {
        using TemporaryFolder folder = new();
        using (TensorBoardFile file = new(folder["tensorboard"], new FixedClock()))
        {
            file.OnReport(report);
        }

        return EventReader.Read(File.ReadAllBytes(Directory.GetFiles(folder["tensorboard"])[0]));
    }

    private sealed class SetClock(long seconds) : TimeProvider
    {
        public long Seconds { get; set; } = seconds;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Seconds);
    }
}
