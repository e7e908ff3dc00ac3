using System.Collections.Concurrent;
using Gala.Runs;
using Gala.Runs.Checkpoints;
using Gala.Tests.Runs.Checkpoints;
using Gala.Tests.Runs.Options;

namespace Gala.Tests.Runs.Folder;

public sealed class RunFolderTests : IDisposable
{
    private static readonly RunOptions Resolved =
        RunDefaults.Resolve(new RunOptions { Environment = "test/board", Seed = 5 }, SomeOptions.Find);

    private readonly TemporaryFolder _parent = new();

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void Create_NewFolder_HoldsTheOptions()
    {
        string path = _parent["a/b"];
        using RunFolder created = RunFolder.Create(Resolved with { Run = path });
        Assert.Equal(Resolved with { Run = path }, RunFolder.Open(path).ReadOptions());
        Assert.DoesNotContain(path, File.ReadAllText(created.OptionsFile), StringComparison.Ordinal); // the file repeats the run elsewhere
    }

    [Fact]
    public void Create_FolderWithSomethingInIt_IsRefusedAndLeftAsItIs()
    {
        _parent.Write("thesis.txt", [1]);
        InvalidRunException exception = Assert.Throws<InvalidRunException>(() => RunFolder.Create(_parent.Path));
        Assert.Equal($"--run: the folder '{_parent.Path}' is not empty; choose another one", exception.Message);
        Assert.Equal([_parent["thesis.txt"]], Directory.EnumerateFileSystemEntries(_parent.Path));
    }

    [Fact]
    public void Create_FolderOfARun_SaysHowToGoOn()
    {
        using (RunFolder run = RunFolder.Create(Resolved with { Run = _parent["run"] }))
        {
            new CheckpointStore(run.CheckpointsDirectory).Save(SomeCheckpoints.At(100));
        }

        InvalidRunException exception = Assert.Throws<InvalidRunException>(() => RunFolder.Create(_parent["run"]));
        Assert.EndsWith("holds a run; choose another one, or go on with it: TrainingRun.Resume", exception.Message, StringComparison.Ordinal);
        Assert.Equal(_parent["run"], exception.ExistingRun);
    }

    [Fact]
    public void Create_PathOfAFile_IsOneLine()
    {
        string file = _parent.Write("file", [1]);
        foreach (string path in new[] { file, Path.Combine(file, "below"), _parent["nul\0"] })
        {
            InvalidRunException exception = Assert.Throws<InvalidRunException>(() => RunFolder.Create(path));
            Assert.StartsWith("--run: ", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', exception.Message);
        }
    }

    [Fact]
    public void Create_ManyAtOnce_OneGetsTheFolder()
    {
        string path = _parent["run"];
        ConcurrentBag<RunFolder> made = [];
        Parallel.For(0, 16, _ =>
        {
            try
            {
                made.Add(RunFolder.Create(path));
            }
            catch (InvalidRunException)
            {
                // As expected of all but one.
            }
        });
        Assert.Single(made).Dispose();
    }

    [Fact]
    public void NewUnder_TakenName_GetsANumber()
    {
        DateTimeOffset time = new FixedClock().GetLocalNow();
        RunOptions options = Resolved with { Environment = "minatar/breakout:sticky=0.1" };
        string first = RunFolderName.NewUnder(_parent.Path, options, time);
        Assert.Equal(_parent["minatar-breakout-sticky-0.1-gala-5-20260304-050607"], first);
        Directory.CreateDirectory(first);
        Assert.Equal(first + "-2", RunFolderName.NewUnder(_parent.Path, options, time));
    }

    [Fact]
    public void Open_NoRun_IsOneLine()
    {
        Assert.Contains("there is no folder", Assert.Throws<InvalidRunException>(() => RunFolder.Open(_parent["none"])).Message, StringComparison.Ordinal);
        Assert.Contains("no run.yaml", Assert.Throws<InvalidRunException>(() => RunFolder.Open(_parent.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agents: 0", "--agents: expected")]
    [InlineData("agents: \"4", "broken YAML")]
    [InlineData("agents: 4", "--network: is left open")]
    public void ReadOptions_DamagedFile_IsOneLineThatNamesIt(string yaml, string expected)
    {
        _parent.Write("run.yaml", System.Text.Encoding.UTF8.GetBytes(yaml));
        InvalidRunException exception = Assert.Throws<InvalidRunException>(() => RunFolder.Open(_parent.Path).ReadOptions());
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("run.yaml' is damaged", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Lock_WhileHeld_KeepsOthersOut()
    {
        RunFolder first = RunFolder.Create(Resolved with { Run = _parent["run"] });
        using RunFolder second = RunFolder.Open(_parent["run"]);
        Assert.Contains("another process trains", Assert.Throws<InvalidRunException>(second.Lock).Message, StringComparison.Ordinal);
        first.Dispose();
        second.Lock();
        second.Lock(); // one's own is no obstacle
    }

    [Fact]
    public void Replace_ExistingFile_IsReplacedWithoutLeftovers()
    {
        string path = _parent.Write("a", [1, 2, 3]);
        _parent.Write("a.tmp", [9]); // as a crash leaves it
        DurableFile.Replace(path, [4]);
        Assert.Equal([4], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(_parent.Path));
    }
}
