using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Gala.Environments.Tests.Traces;

public sealed class HostileTraceTests
{
    private const int AllocationPerByte = 500;
    private const int AllocationAtLeast = 1 << 20;

    private static readonly string[] Tokens =
    [
        "-1", "0", "1e400", "99999999999", "2147483647", "-2147483648", "0.5", "null", "true", "\"\"", "\"rand\"", "\"randint\"", "[]", "{}", "[[]]", "[[[[[[[[[[", ",", "]", "}",
        "\"breakout\"", "\"steps\":", "\"lo\":", "\"n\":", "\n", "\0", "\\ud800", "\u00FF",
    ];

    private static readonly byte[][] Games =
    [
        .. ((Func<TraceBuilder>[])[HandTraces.Asterix, HandTraces.Breakout, HandTraces.Freeway, HandTraces.Seaquest, HandTraces.SpaceInvaders])
            .Select(make => Encoding.UTF8.GetBytes(make().Segment.ToJsonString() + "\n")),
    ];

    /// <summary>Tokens put over what is there, with the numbers that follow kept: most such lines are still JSON.</summary>
    [Fact]
    public void Replay_AnyDamageToALine_IsAReportOrAProblemOfOneLine()
    {
        Gen<byte[]> lines =
            from game in Gen.Elements(Games)
            from damages in Gen.Zip(Gen.Choose(0, game.Length - 1), Gen.Elements(Tokens)).NonEmptyListOf()
            from cut in Gen.Choose(0, 3)
            select damages.Take(3).Aggregate(game, (line, damage) => Put(line, damage.Item1, cut, damage.Item2));
        Prop.ForAll(lines.ToArbitrary(), IsReplayedOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(3, 5));
    }

    [Fact]
    public void Replay_AnyDamageToACompressedFile_IsAReportOrAProblemOfOneLine()
    {
        byte[] whole = TraceBuilder.Compress([.. Games.SelectMany(game => game)]);
        Gen<byte[]> files =
            from place in Gen.Choose(2, whole.Length - 1) // the mark stays, since without it the file is not compressed
            from value in Gen.Choose(0, 255)
            from cut in Gen.Elements(false, false, false, true)
            select cut ? whole[..place] : (byte[])[.. whole[..place], (byte)value, .. whole[(place + 1)..]];
        Prop.ForAll(files.ToArbitrary(), IsReplayedOrRefused).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithReplay(3, 5));
    }

    [Theory]
    [InlineData((byte)' ')]
    [InlineData((byte)'[')]
    [InlineData((byte)'0')]
    public void Replay_SmallFileThatUnpacksToAHugeLine_TakesNoMoreMemoryThanItDeserves(byte filling)
    {
        byte[] huge = new byte[1 << 25];
        huge.AsSpan().Fill(filling);
        byte[] bomb = Compress(huge);
        Assert.InRange(bomb.Length, 1, 1 << 16);

        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException problem = Assert.Throws<InvalidDataException>(() => TraceReplayer.Replay(new MemoryStream(bomb), "bomb.jsonl.gz"));

        Assert.Contains("longer than", problem.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocationAtLeast + (AllocationPerByte * bomb.Length));
    }

    private static byte[] Put(byte[] line, int place, int cut, string token)
    {
        int at = Math.Min(place, line.Length);
        return [.. line[..at], .. Encoding.UTF8.GetBytes(token), .. line[Math.Min(at + cut, line.Length)..]];
    }

    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream target = new();
        using (GZipStream gzip = new(target, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    private static bool IsReplayedOrRefused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            TraceReport report = TraceReplayer.Replay(new MemoryStream(file), "hostile.jsonl");
            Assert.DoesNotContain('\n', report.Mismatch?.ToString() ?? "");
        }
        catch (InvalidDataException problem)
        {
            Assert.DoesNotContain('\n', problem.Message);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before < AllocationAtLeast + ((long)AllocationPerByte * file.Length);
    }
}
