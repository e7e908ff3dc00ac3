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
        Assert.Equal(-2f, values["agent_1/staleness"]);
        Assert.Equal(26, values.Count);
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
    public void Create_SameSecond_MakesAnotherFile()
    {
        using TemporaryFolder folder = new();
        TensorBoardFile[] open = [.. Enumerable.Range(0, 3).Select(_ => new TensorBoardFile(folder.Path, new FixedClock()))];
        string[] files = Directory.GetFiles(folder.Path);
        Array.ForEach(open, file => file.Dispose());
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.StartsWith("events.out.tfevents.1772600767.gala", Path.GetFileName(file), StringComparison.Ordinal));
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
}
