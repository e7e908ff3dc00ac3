using FsCheck;
using FsCheck.Fluent;
using Gala.Architectures;
using Gala.Runs;
using Gala.Runs.Checkpoints;
using Gala.Scheduling;
using Gala.Tests.Architectures;

namespace Gala.Tests.Runs.Checkpoints;

/// <summary>Checkpoints whose digests are right and whose content is not: no accident makes them, but a file may come from anywhere.</summary>
public sealed class HostileCheckpointTests : IDisposable
{
    private const int AllocationPerRestore = 1 << 22; // far above what the small state takes, far below what a wild length would ask for

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gala", "minatar/seaquest")]
    [InlineData("gala", "minatar/breakout,minatar/freeway,minatar/asterix,minatar/space_invaders")]
    [InlineData("a2c", "classic/cartpole:delay=gamma/0.5/1us")]
    [InlineData("hts", "memory/cue")]
    [InlineData("a3c", "classic/cartpole:limit=20")]
    [InlineData("impala", "classic/cartpole")]
    public void Restore_AnyDamageToTheState_IsRefusedInOneLineOrTaken(string architecture, string environment)
    {
        RunOptions options = SmallRuns.Options(new RunOptions
        {
            Architecture = architecture,
            Environment = environment,
            Agents = architecture is "hts" or "a3c" ? 1 : 2,
            Deterministic = architecture is "gala" or "a2c" or "hts",
            Frames = 100_000,
        });
        AgentCheckpoint[] whole = Trained(options);
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        Prop.ForAll(Damages(whole[0].State.Length).ToArbitrary(), damages =>
        {
            Checkpoint checkpoint = SomeCheckpoints.At(100) with { Agents = [whole[0] with { State = Apply(whole[0].State, damages) }, .. whole[1..]] };
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                AgentCapture.Restore(checkpoint, group.Agents);
            }
            catch (InvalidRunException exception)
            {
                Assert.DoesNotContain('\n', exception.Message);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before < AllocationPerRestore;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithReplay(7, 3));
    }

    [Fact]
    public void TryRead_AnyDamageUnderRightDigests_IsRefusedInOneLineOrRead()
    {
        string path = _folder["000000000100"];
        CheckpointWriter.Write(path, SomeCheckpoints.At(100));
        (string Path, byte[] Bytes)[] files =
            [.. Directory.GetFiles(path).Where(file => !file.EndsWith(".json", StringComparison.Ordinal)).Select(file => (file, File.ReadAllBytes(file)))];
        Gen<(int File, (int, int, byte)[] Damages)> cases =
            from file in Gen.Choose(0, files.Length - 1)
            from damages in Damages(files[file].Bytes.Length)
            select (file, damages);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            (string file, byte[] bytes) = files[one.File];
            File.WriteAllBytes(file, Apply(bytes, one.Damages));
            SignAnew(path);
            bool read = CheckpointReader.TryRead(path, out Checkpoint? checkpoint, out string problem);
            File.WriteAllBytes(file, bytes);
            return read ? checkpoint is not null : problem.Length > 0 && !problem.Contains('\n', StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(11, 3));
    }

    [Theory]
    [InlineData("[null, null]")]
    [InlineData("[]")]
    [InlineData("""[{"name": "agent-0.safetensors", "length": -1, "sha256": ""}]""")]
    [InlineData("""[{"name": "../../agent-0.safetensors", "length": 1, "sha256": ""}, {"name": "agent-0.state.safetensors", "length": 1, "sha256": ""}]""")]
    public void TryRead_ManifestOfStrangeFiles_IsRefusedInOneLine(string files)
    {
        string path = _folder["000000000100"];
        CheckpointWriter.Write(path, SomeCheckpoints.At(100));
        CheckpointManifest manifest = CheckpointManifest.Of(
            SomeCheckpoints.At(100),
            System.Text.Json.JsonSerializer.Deserialize<CheckpointFile[]>(files, System.Text.Json.JsonSerializerOptions.Web)!);
        File.WriteAllBytes(Path.Combine(path, CheckpointManifest.FileName), manifest.ToBytes());

        Assert.False(CheckpointReader.TryRead(path, out _, out string problem));
        Assert.StartsWith("is damaged: ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, -1, 1, 1)]
    [InlineData(100, 101, 1, 1)] // more updates than frames
    [InlineData(100, 10, -1, 1)]
    [InlineData(100, 10, 1, -1)]
    [InlineData(100, 10, 1, double.MaxValue)]
    [InlineData(long.MaxValue, 10, 1, 1)]
    public void TryRead_CountersThatCannotBe_IsRefusedInOneLine(long frames, long updates, long episodes, double seconds)
    {
        string path = _folder[$"{frames:D12}"];
        CheckpointWriter.Write(path, SomeCheckpoints.At(100) with { Frames = frames, Updates = updates, Episodes = episodes, WallSeconds = seconds });

        Assert.False(CheckpointReader.TryRead(path, out _, out string problem));
        Assert.Equal("is damaged: checkpoint.json has counters that cannot be", problem);
    }

    private static AgentCheckpoint[] Trained(RunOptions options)
    {
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        using Runners threads = new(group.Workers, new UpdateBudget(20 * group.Agents.Count), _ => { }, _ => { });
        threads.Start();
        Assert.True(threads.Wait(TimeSpan.FromMinutes(2)));
        return [.. group.Agents.Select(AgentCapture.Of)];
    }

    private static void SignAnew(string path)
    {
        List<CheckpointFile> files = [];
        foreach (CheckpointFile file in CheckpointManifest.Parse(File.ReadAllBytes(Path.Combine(path, CheckpointManifest.FileName))).Files)
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(path, file.Name));
            files.Add(new CheckpointFile(file.Name, bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))));
        }

        File.WriteAllBytes(Path.Combine(path, CheckpointManifest.FileName), CheckpointManifest.Of(SomeCheckpoints.At(100), files).ToBytes());
    }

    private static Gen<(int Place, int Kind, byte Value)[]> Damages(int length) =>
        from damages in (from place in Gen.Choose(0, length - 1)
                         from kind in Gen.Choose(0, 7)
                         from value in Gen.Elements<byte>(0, 1, 0x7F, 0x80, 0xFF, (byte)(place * 37))
                         select (place, kind, value)).NonEmptyListOf()
        select damages.Take(4).ToArray();

    /// <summary>Bytes overwritten, alone or four in a row as in lengths; one put in; the end cut off.</summary>
    private static byte[] Apply(byte[] whole, (int Place, int Kind, byte Value)[] damages)
    {
        byte[] damaged = [.. whole];
        foreach ((int place, int kind, byte value) in damages.Where(damage => damage.Place < damaged.Length))
        {
            damaged = kind switch
            {
                < 4 => [.. damaged[..place], value, .. damaged[(place + 1)..]],
                < 6 => [.. damaged[..place], .. Enumerable.Repeat(value, Math.Min(4, damaged.Length - place)), .. damaged[Math.Min(place + 4, damaged.Length)..]],
                6 => [.. damaged[..place], value, .. damaged[place..]],
                _ => damaged[..place],
            };
        }

        return damaged;
    }
}
