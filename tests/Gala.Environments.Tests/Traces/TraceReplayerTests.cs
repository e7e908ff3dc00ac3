using System.Text;
using System.Text.Json.Nodes;

namespace Gala.Environments.Tests.Traces;

public class TraceReplayerTests
{
    private static readonly Dictionary<string, Func<TraceBuilder>> All = new()
    {
        ["asterix"] = HandTraces.Asterix,
        ["breakout"] = HandTraces.Breakout,
        ["freeway"] = HandTraces.Freeway,
        ["seaquest"] = HandTraces.Seaquest,
        ["space_invaders"] = HandTraces.SpaceInvaders,
    };

    [Theory]
    [InlineData("asterix", 12)]
    [InlineData("breakout", 8)]
    [InlineData("freeway", 4)]
    [InlineData("seaquest", 4)]
    [InlineData("space_invaders", 6)]
    public void Replay_HandWorkedSegment_Passes(string game, int steps)
    {
        TraceReport report = All[game]().Replay();
        Assert.Equal(new TraceReport("hand.jsonl", 1, steps, null), report);
        Assert.True(report.Passed);
    }

    [Fact]
    public void Replay_Breakout_HashesAreThoseOfTheFormatsExample()
    {
        JsonObject segment = HandTraces.Breakout().Segment;
        Assert.Equal("8d55207346217692", (string)segment["start"]!["hash"]!);
        Assert.Equal("46c35e6da4ec96b6", (string)segment["resets"]![0]!["hash"]!);
    }

    [Fact]
    public void Replay_SeveralSegmentsCompressed_CountsThem()
    {
        string text = string.Join('\n', All.Values.Select(make => make().Segment.ToJsonString()));
        Assert.Equal(new TraceReport("hand.jsonl", 5, 34, null), TraceBuilder.Replay(text, compressed: true));
    }

    [Fact]
    public void Replay_SecondSegmentWrong_CountsWhatAgreedBefore()
    {
        TraceBuilder wrong = HandTraces.Seaquest();
        wrong.Segment["rewards"]![2] = 1;
        string text = HandTraces.Breakout().Segment.ToJsonString() + "\n" + wrong.Segment.ToJsonString() + "\n";
        TraceReport report = TraceBuilder.Replay(text);
        Assert.False(report.Passed);
        Assert.Equal((1, 10L), (report.Segments, report.Steps));
        Assert.Equal("hand.jsonl: segment 7, step 2: reward is 0, expected 1", report.Mismatch!.ToString());
    }

    [Theory]
    [InlineData("rewards", 3, "step 3: reward is 0, expected 1")]
    [InlineData("terminals", 3, "step 3: terminal is 0, expected 1")]
    [InlineData("actions", 2, "step 2: observation at x 5, y 9, channel paddle is 1, expected 0")]
    public void Replay_ChangedNumber_IsReported(string key, int step, string expected)
    {
        TraceBuilder trace = HandTraces.Breakout();
        trace.Segment[key]![step] = 1;
        AssertMismatch(trace, expected);
    }

    [Fact]
    public void Replay_ChangedHash_IsReported()
    {
        TraceBuilder trace = HandTraces.Breakout();
        trace.Segment["hashes"]![1] = "00000000000000aa";
        AssertMismatch(trace, "step 1: hash of the observation is ");
    }

    [Fact]
    public void Replay_ChangedReset_IsReported()
    {
        TraceBuilder trace = HandTraces.Breakout();
        trace.Segment["resets"]![0]!["draws"]![0]!["v"] = 0;
        AssertMismatch(trace, "step 6: reset after it: observation at x 0, y 3, channel ball is 1, expected 0");
    }

    [Fact]
    public void Replay_ChangedStart_IsReported()
    {
        TraceBuilder trace = HandTraces.Breakout();
        trace.Segment["start"]!["hash"] = "00000000000000aa";
        AssertMismatch(trace, "segment 7, start: hash of the observation is 8d55207346217692, expected 00000000000000aa");
    }

    [Fact]
    public void Replay_DrawsThatDiffer_AreReported()
    {
        TraceBuilder missing = HandTraces.Asterix();
        missing.Segment["draws"]![10]!.AsArray().RemoveAt(3);
        AssertMismatch(missing, "step 10: draw 3 asked for randint(0, 8), but only 3 are recorded");
        TraceBuilder extra = HandTraces.Asterix();
        extra.Segment["draws"]![4]!.AsArray().Add(TraceBuilder.Rand(0.5));
        AssertMismatch(extra, "step 4: 1 draws made, expected 2");
        TraceBuilder bounds = HandTraces.Asterix();
        bounds.Segment["draws"]![10]![3]!["n"] = 7;
        AssertMismatch(bounds, "step 10: draw 3 asked for randint(0, 8), recorded is randint(0, 7)");
        TraceBuilder kind = HandTraces.Asterix();
        kind.Segment["draws"]![10]![1] = TraceBuilder.RandInt(0, 2, 1);
        AssertMismatch(kind, "step 10: draw 1 asked for rand, recorded is randint(0, 2)");
    }

    [Theory]
    [InlineData("game", "\"pong\"", "its game is none of the five")]
    [InlineData("game", "null", "it is no trace segment")]
    [InlineData("channels", "6", "breakout has 4 channels, not 6")]
    [InlineData("steps", "7", "not 'steps' long")]
    [InlineData("steps", "\"8\"", "it is no trace segment")]
    [InlineData("sticky_action_prob", "1.5", "sticky_action_prob")]
    [InlineData("actions", "[0,0,0,0,0,0,0,6]", "an action")]
    [InlineData("terminals", "[0,0,0,0,0,0,0,2]", "a terminal flag")]
    [InlineData("hashes", "[\"\",\"\",\"\",\"\",\"\",\"\",\"\",null]", "a hash")]
    [InlineData("draws", "[null,[],[],[],[],[],[],[]]", "a draw")]
    [InlineData("draws", "[[null],[],[],[],[],[],[],[]]", "a draw")]
    [InlineData("draws", "[[{\"k\":\"rand\",\"v\":1}],[],[],[],[],[],[],[]]", "a draw")]
    [InlineData("draws", "[[{\"k\":\"randint\",\"lo\":0,\"n\":2,\"v\":0.5}],[],[],[],[],[],[],[]]", "a draw")]
    [InlineData("obs", "[null]", "an observation")]
    [InlineData("obs", "[{\"step\":0,\"obs\":[400]}]", "an observation")]
    [InlineData("obs", "[{\"step\":0,\"obs\":[3,3]}]", "an observation")]
    [InlineData("obs", "[{\"step\":8,\"obs\":[]}]", "the observations' steps")]
    [InlineData("resets", "[null]", "a reset")]
    [InlineData("resets", "[{\"draws\":[],\"hash\":\"00000000000000aa\",\"obs\":[]}]", "the resets")]
    [InlineData("start", "{}", "it is no trace segment")]
    public void Replay_MalformedSegment_ThrowsOneLine(string key, string json, string expected)
    {
        TraceBuilder trace = HandTraces.Breakout();
        trace.Segment[key] = JsonNode.Parse(json);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => trace.Replay());
        Assert.StartsWith("hand.jsonl: line 1: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("", "no segment")]
    [InlineData("\n", "line 1: it is no trace segment")]
    [InlineData("null", "line 1: it is null")]
    [InlineData("hello\nworld", "line 1: it is no trace segment")]
    [InlineData("[1,2]", "line 1: it is no trace segment")]
    [InlineData("[[[[[[[[[[[[", "line 1: it is no trace segment")]
    public void Replay_ForeignText_Throws(string text, string expected)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TraceBuilder.Replay(text));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => TraceBuilder.Replay(text, compressed: true));
    }

    [Fact]
    public void Replay_DamagedGzip_Throws()
    {
        byte[] file = TraceBuilder.Compress(Encoding.UTF8.GetBytes(HandTraces.Breakout().Segment.ToJsonString()));
        Assert.Throws<InvalidDataException>(() => TraceReplayer.Replay(new MemoryStream(file[..(file.Length / 2)]), "cut"));
        file[file.Length / 2] ^= 0x55;
        Assert.Throws<InvalidDataException>(() => TraceReplayer.Replay(new MemoryStream(file), "flipped"));
    }

    [Fact]
    public void Replay_EndlessLine_ThrowsAtTheLimit()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TraceReplayer.Replay(new Endless(), "endless"));
        Assert.Contains("line 1 is longer than", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "cbf29ce484222325")]
    [InlineData("0", "af63bd4c8601b7df")]
    [InlineData("1", "af63bc4c8601b62c")]
    [InlineData("101", "d0a39818672732bf")]
    public void Hash_KnownBytes_IsFnv(string bits, string expected) =>
        Assert.Equal(expected, ObservationHash.Text(ObservationHash.Of([.. bits.Select(bit => bit - '0')])));

    [Fact]
    public void Hash_400Zeros_IsFnv() => Assert.Equal("2c1b93daafb34265", ObservationHash.Text(ObservationHash.Of(new float[400])));

    [RecordedTracesFact]
    public void Replay_RecordedTraces_AllPass()
    {
        string[] files = RecordedTraces.Files();
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            TraceReport report = TraceReplayer.Replay(file);
            Assert.True(report.Passed, report.Mismatch?.ToString());
            Assert.True(report.Segments > 0);
        }
    }

    private static void AssertMismatch(TraceBuilder trace, string expected)
    {
        TraceReport report = trace.Replay(compressed: true);
        Assert.Contains(expected, report.Mismatch?.ToString() ?? "no mismatch", StringComparison.Ordinal);
    }

    private sealed class Endless : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'[');
            return count;
        }

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)'[');
            return buffer.Length;
        }
    }
}
