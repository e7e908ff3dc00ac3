using Gala.Runs;

namespace Gala.Tests.Runs.Replays;

/// <summary>Which sessions of a record led to where a run is, and which records are refused.</summary>
public sealed class RunRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OneSessionThatEnded_IsWhole()
    {
        RunRecord record = Read(file => Session(file, 0, checkpoint: 10, end: 25));

        Assert.True(record.IsWhole);
        Assert.Equal([(0, 25)], Spans(record));
    }

    [Fact]
    public void Read_ASessionWasCutOff_LeadsToTheLastCheckpoint()
    {
        RunRecord record = Read(file => Session(file, 0, checkpoint: 10, end: null));

        Assert.False(record.IsWhole);
        Assert.Equal([(0, 10)], Spans(record));
    }

    [Fact]
    public void Read_ResumedSessions_EachIsLeftWhereTheNextBegan()
    {
        RunRecord record = Read(file =>
        {
            Session(file, 0, checkpoint: 20, end: 25); // what it did after 20 is void
            Session(file, 20, checkpoint: null, end: null); // cut off before its first checkpoint
            Session(file, 20, checkpoint: 40, end: null);
            Session(file, 40, checkpoint: 60, end: 70);
        });

        Assert.Equal([(0, 20), (20, 40), (40, 70)], Spans(record));
        Assert.True(record.IsWhole);
    }

    [Fact]
    public void Read_ASessionWentBackToAnOlderCheckpoint_WhatWasBetweenIsVoid()
    {
        RunRecord record = Read(file =>
        {
            Session(file, 0, checkpoint: 20, end: null);
            Session(file, 20, checkpoint: 40, end: 45);
            Session(file, 10, checkpoint: 60, end: 70); // those of 20 and 40 were damaged
        });

        Assert.Equal([(0, 10), (10, 70)], Spans(record));
    }

    [Fact]
    public void Read_TheLastSessionWasCutOffAtOnce_LeadsToWhereItBegan()
    {
        RunRecord record = Read(file =>
        {
            Session(file, 0, checkpoint: 20, end: null);
            Session(file, 20, checkpoint: null, end: null);
        });

        Assert.Equal([(0, 20)], Spans(record));
        Assert.False(record.IsWhole);
    }

    [Theory]
    [InlineData("is of version 0.0.0")]
    [InlineData("was cut off before its first checkpoint")]
    [InlineData("does not begin with the run")]
    [InlineData("is of process 1, not 0")]
    public void Read_WhatCannotBeReplayed_IsRefusedInOneLine(string reason)
    {
        InvalidRunException refused = Assert.Throws<InvalidRunException>(() => Read(file =>
        {
            if (reason.Contains("version", StringComparison.Ordinal))
            {
                Session(file, 0, 10, 20, start => start with { Version = "0.0.0" });
            }
            else if (reason.Contains("process", StringComparison.Ordinal))
            {
                Session(file, 0, 10, 20, start => start with { Process = 1 });
            }
            else
            {
                bool isResumed = reason.Contains("begin", StringComparison.Ordinal);
                Session(file, isResumed ? 5 : 0, checkpoint: null, end: isResumed ? 20 : null);
            }
        }));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static void Session(RecordFile file, int from, int? checkpoint, int? end, Func<RecordedStart, RecordedStart>? change = null)
    {
        RecordedStart start = new()
        {
            Version = GalaVersion.Current,
            Network = "",
            Options = "",
            Process = 0,
            IsResumed = from > 0,
            FramesBefore = from,
            State = At(from),
        };
        Append(file, RecordBlockKind.Start, (change?.Invoke(start) ?? start).WriteTo);
        if (checkpoint is { } updates)
        {
            Append(file, RecordBlockKind.Checkpoint, At(updates).WriteTo);
        }

        if (end is { } last)
        {
            Append(file, RecordBlockKind.End, At(last).WriteTo);
        }
    }

    private static RecordedState At(int updates) => new() { Updates = [updates, updates] };

    private static void Append(RecordFile file, RecordBlockKind kind, Action<BinaryWriter> write)
    {
        using MemoryStream memory = new();
        using BinaryWriter writer = new(memory);
        write(writer);
        writer.Flush();
        file.Append(kind, memory.ToArray());
    }

    private static (long, long)[] Spans(RunRecord record) =>
        [.. record.Sessions.Select(part => (part.Session.Start.State.Updates[0], part.Until.Updates[1]))];

    private RunRecord Read(Action<RecordFile> write)
    {
        using RunFolder folder = RunFolder.Create(_folder["run"]);
        using (RecordFile file = new(folder.RecordFile))
        {
            write(file);
        }

        return RunRecord.Read(folder, processes: 1);
    }
}
