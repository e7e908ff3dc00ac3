using FsCheck;
using FsCheck.Fluent;
using Gala.Networks;
using Gala.Runs;
using Gala.Runs.Checkpoints;

namespace Gala.Tests.Runs.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CheckpointStore _store;

    public CheckpointStoreTests() => _store = new CheckpointStore(_folder["checkpoints"], keep: 3);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadNewestWhole_AfterSave_GivesTheSameToTheBit()
    {
        Checkpoint checkpoint = SomeCheckpoints.At(300_000);
        string path = _store.Save(checkpoint);
        Assert.EndsWith("000000300000", path, StringComparison.Ordinal);
        SomeCheckpoints.AssertEqual(checkpoint, _store.LoadNewestWhole());
    }

    [Fact]
    public void Save_Weights_AreASafetensorsFileWithNamesAndShapes()
    {
        Checkpoint checkpoint = SomeCheckpoints.At(100);
        SafetensorsFile weights = SafetensorsFile.Read(Path.Combine(_store.Save(checkpoint), "agent-1.safetensors"));
        SafetensorsTensor bias = weights.Find("torso.0.bias")!;
        Assert.Equal([4], bias.Shape);
        Assert.Equal(checkpoint.Agents[1].Parameters[12..16], bias.Singles.ToArray());
    }

    [Fact]
    public void Save_OptimizerWithoutMemoryAndNoState_IsLoaded()
    {
        Checkpoint checkpoint = SomeCheckpoints.At(100, agents: 1);
        checkpoint = checkpoint with { Agents = [checkpoint.Agents[0] with { OptimizerState = [], State = [] }] };
        _store.Save(checkpoint);
        SomeCheckpoints.AssertEqual(checkpoint, _store.LoadNewestWhole());
    }

    [Fact]
    public void Save_MoreThanAreKept_DeletesTheOldest()
    {
        SaveAll(100, 200, 300, 400, 500);
        Assert.Equal(["000000000300", "000000000400", "000000000500"], Names());
    }

    [Fact]
    public void Save_WholeOneOfTheSameFrames_IsLeftAsItIs()
    {
        string manifest = Path.Combine(_store.Save(SomeCheckpoints.At(100)), "checkpoint.json");
        byte[] before = File.ReadAllBytes(manifest);
        _store.Save(SomeCheckpoints.At(100) with { Episodes = 999 });
        Assert.Equal(before, File.ReadAllBytes(manifest));
    }

    [Fact]
    public void Save_LeftoversOfACrash_AreIgnoredAndCleaned()
    {
        SaveAll(100);
        Directory.CreateDirectory(Path.Combine(_folder["checkpoints"], "000000000200.tmp"));
        File.WriteAllText(Path.Combine(_folder["checkpoints"], "000000000200.tmp", "agent-0.safetensors"), "half");
        Directory.CreateDirectory(Path.Combine(_folder["checkpoints"], "notes"));
        Assert.Equal(100, _store.LoadNewestWhole().Frames);
        SaveAll(200);
        Assert.Equal(["000000000100", "000000000200", "notes"], Names());
        SomeCheckpoints.AssertEqual(SomeCheckpoints.At(200), _store.LoadNewestWhole());
    }

    [Fact]
    public void Save_CrashAfterAnyNumberOfFiles_LeavesTheOneBefore()
    {
        SaveAll(100);
        CheckpointWriter.Write(_folder["whole"], SomeCheckpoints.At(200));
        string[] files = [.. Directory.GetFiles(_folder["whole"]).Order(StringComparer.Ordinal)];
        string half = Path.Combine(_folder["checkpoints"], "000000000200.tmp");
        for (int written = 0; written <= files.Length; written++)
        {
            Directory.CreateDirectory(half);
            Array.ForEach(files[..written], file => File.Copy(file, Path.Combine(half, Path.GetFileName(file)), overwrite: true));
            Assert.Equal(100, _store.LoadNewestWhole().Frames);
        }

        Directory.Move(half, half[..^4]); // the rename is what makes it count
        Assert.Equal(200, _store.LoadNewestWhole().Frames);
    }

    [Fact]
    public void LoadNewestWhole_NewestTruncated_TakesTheOneBeforeAndSaysSo()
    {
        SaveAll(100, 200, 300);
        Truncate("000000000300", "agent-0.safetensors", 40);
        List<string> messages = [];
        Assert.Equal(200, _store.LoadNewestWhole(messages.Add).Frames);
        long length = new FileInfo(PathOf("000000000200", "agent-0.safetensors")).Length;
        Assert.Equal(
            [$"checkpoint 000000000300 is truncated: agent-0.safetensors has 40 of {length} bytes; checkpoint 000000000200 is used instead"],
            messages);
    }

    [Fact]
    public void LoadNewestWhole_AllWhole_SaysNothing()
    {
        SaveAll(100, 200);
        _store.LoadNewestWhole(message => Assert.Fail(message));
    }

    [Fact]
    public void LoadNewestWhole_NoneWhole_NamesTheNewestDamage()
    {
        SaveAll(100, 200);
        Truncate("000000000100", "checkpoint.json", 10);
        File.Delete(PathOf("000000000200", "agent-1.state.safetensors"));
        string message = Assert.Throws<InvalidRunException>(() => _store.LoadNewestWhole()).Message;
        Assert.StartsWith("checkpoint 000000000200 is damaged: agent-1.state.safetensors is missing; no other", message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadNewestWhole_NoCheckpoint_IsOneLine()
    {
        Assert.Contains("holds no checkpoint", Assert.Throws<InvalidRunException>(() => _store.LoadNewestWhole()).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["checkpoints"]);
        Assert.Contains("holds no checkpoint", Assert.Throws<InvalidRunException>(() => _store.LoadNewestWhole()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void LoadNewestWhole_ListedOnesAreReplacedMeanwhile_TakesTheNewestAndSaysNothing(int replacements)
    {
        CheckpointStore training = new(_folder["checkpoints"], keep: 1);
        training.Save(SomeCheckpoints.At(100));
        int listings = 0;
        CheckpointStore reading = new(_folder["checkpoints"])
        {
            Listed = () =>
            {
                if (++listings <= replacements)
                {
                    training.Save(SomeCheckpoints.At(100 + (100 * listings)));
                }
            },
        };

        Checkpoint loaded = reading.LoadNewestWhole(message => Assert.Fail(message));

        SomeCheckpoints.AssertEqual(SomeCheckpoints.At(100 + (100 * replacements)), loaded);
    }

    [Fact]
    public void LoadNewestWhole_DamagedOneIsReplacedMeanwhile_TakesTheNewOne()
    {
        CheckpointStore training = new(_folder["checkpoints"], keep: 1);
        SaveAll(100, 200);
        Truncate("000000000200", "agent-0.safetensors", 8);
        CheckpointStore reading = new(_folder["checkpoints"]) { Listed = () => training.Save(SomeCheckpoints.At(150)) };
        Assert.Equal(150, reading.LoadNewestWhole(message => Assert.Fail(message)).Frames);
        Assert.Equal(["000000000150"], Names());
    }

    [Fact]
    public void LoadNewestWhole_ListedWhileOneTakesAnothersPlace_ListsAnew()
    {
        int listings = 0;
        Directory.CreateDirectory(_folder["checkpoints"]);
        CheckpointStore reading = new(_folder["checkpoints"]) { Listed = () => _ = listings++ == 0 ? _store.Save(SomeCheckpoints.At(100)) : "" };
        Assert.Equal(100, reading.LoadNewestWhole().Frames);
    }

    [Fact]
    public void LoadNewestWhole_ReplacedForEver_EndsInOneLine()
    {
        CheckpointStore training = new(_folder["checkpoints"], keep: 1);
        long frames = 100;
        training.Save(SomeCheckpoints.At(frames));
        CheckpointStore reading = new(_folder["checkpoints"]) { Listed = () => training.Save(SomeCheckpoints.At(++frames)) };
        Assert.Contains("replaced sooner than they can be read", Assert.Throws<InvalidRunException>(() => reading.LoadNewestWhole()).Message);
    }

    [Fact]
    public void LoadNewestWhole_TrulyDamagedWhileOlderOnesGo_IsReportedAsDamaged()
    {
        SaveAll(100, 200);
        Truncate("000000000200", "agent-0.safetensors", 8);
        CheckpointStore reading = new(_folder["checkpoints"])
        {
            Listed = () =>
            {
                if (Directory.Exists(Path.Combine(_folder["checkpoints"], "000000000100")))
                {
                    Directory.Delete(Path.Combine(_folder["checkpoints"], "000000000100"), recursive: true);
                }
            },
        };
        Assert.StartsWith("checkpoint 000000000200 is truncated", Assert.Throws<InvalidRunException>(() => reading.LoadNewestWhole()).Message);
    }

    [Fact]
    public void Save_AfterADamagedNewerOne_CountsOnlyWholeOnesAsKept()
    {
        CheckpointStore store = new(_folder["checkpoints"], keep: 2);
        Array.ForEach([200L, 500L], frames => store.Save(SomeCheckpoints.At(frames)));
        Truncate("000000000500", "agent-0.safetensors", 8);
        store.Save(SomeCheckpoints.At(300)); // a resumed run comes by here again
        Assert.Equal(["000000000200", "000000000300"], Names());
    }

    [Fact]
    public void Save_WholeNewerOne_IsNotTouched()
    {
        SaveAll(500, 300);
        Assert.Equal(["000000000300", "000000000500"], Names());
    }

    [Fact]
    public void Save_OverADamagedOneOfTheSameFrames_ReplacesIt()
    {
        SaveAll(100);
        Truncate("000000000100", "agent-0.safetensors", 8);
        SaveAll(100);
        SomeCheckpoints.AssertEqual(SomeCheckpoints.At(100), _store.LoadNewestWhole());
    }

    [Fact]
    public void LoadNewestWhole_OtherFormatVersion_SaysWhich()
    {
        SaveAll(100);
        string manifest = PathOf("000000000100", "checkpoint.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"formatVersion\": 3", "\"formatVersion\": 4", StringComparison.Ordinal));
        string message = Assert.Throws<InvalidRunException>(() => _store.LoadNewestWhole()).Message;
        Assert.Contains("format version 4; this version of Gala reads 1 to 3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadNewestWhole_AnyDamageToAnyFile_FallsBackAndNeverThrowsAnythingElse()
    {
        SaveAll(100, 200);
        string[] files = Directory.GetFiles(Path.GetDirectoryName(PathOf("000000000200", "x"))!);
        Gen<(string File, int Place, int Kind)> damages =
            from file in Gen.Elements(files)
            from place in Gen.Choose(0, int.MaxValue - 1)
            from kind in Gen.Choose(0, 9)
            select (file, place, kind);
        Prop.ForAll(damages.ToArbitrary(), damage =>
        {
            byte[] whole = File.ReadAllBytes(damage.File);
            File.WriteAllBytes(damage.File, Damage(whole, damage.Place % whole.Length, damage.Kind));
            long frames = _store.LoadNewestWhole().Frames;
            File.WriteAllBytes(damage.File, whole);
            return frames == 100;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(3, 5));
        Assert.Equal(200, _store.LoadNewestWhole().Frames);
    }

    /// <summary>A bit flipped, the end cut off, or a byte added.</summary>
    private static byte[] Damage(byte[] whole, int place, int kind)
    {
        byte[] damaged = [.. whole];
        damaged[place] ^= (byte)(1 << (kind & 7));
        return kind switch
        {
            8 => whole[..place],
            9 => [.. whole[..place], 0x20, .. whole[place..]],
            _ => damaged,
        };
    }

    private void SaveAll(params long[] frames) => Array.ForEach(frames, count => _store.Save(SomeCheckpoints.At(count)));

    private string PathOf(string checkpoint, string file) => Path.Combine(_folder["checkpoints"], checkpoint, file);

    private void Truncate(string checkpoint, string file, int length)
    {
        using FileStream stream = File.OpenWrite(PathOf(checkpoint, file));
        stream.SetLength(length);
    }

    private IEnumerable<string> Names() =>
        new DirectoryInfo(_folder["checkpoints"]).EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal);
}
