using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Gala.Environments.Tests.Traces;

/// <summary>Builds small trace segments by hand. Boards are given as lists of ones; the hash is computed here, independently.</summary>
internal sealed class TraceBuilder
{
    private readonly JsonObject _segment;
    private readonly int _channels;

    public TraceBuilder(string game, int channels, bool ramping, double sticky, JsonArray startDraws, int[] startOnes)
    {
        _channels = channels;
        _segment = new JsonObject
        {
            ["game"] = game,
            ["segment"] = 7,
            ["policy"] = "hand",
            ["difficulty_ramping"] = ramping,
            ["sticky_action_prob"] = sticky,
            ["seed"] = 0,
            ["channels"] = channels,
            ["steps"] = 0,
            ["start"] = new JsonObject { ["draws"] = startDraws, ["hash"] = Hash(startOnes), ["obs"] = Array(startOnes) },
            ["actions"] = new JsonArray(),
            ["rewards"] = new JsonArray(),
            ["terminals"] = new JsonArray(),
            ["hashes"] = new JsonArray(),
            ["draws"] = new JsonArray(),
            ["obs"] = new JsonArray(),
            ["resets"] = new JsonArray(),
        };
    }

    public JsonObject Segment => _segment;

    public static JsonObject Rand(double value) => new() { ["k"] = "rand", ["n"] = null, ["v"] = value };

    public static JsonObject RandInt(int low, int high, int value) =>
        new() { ["k"] = "randint", ["lo"] = low, ["n"] = high, ["v"] = value };

    public TraceBuilder Step(int action, int reward, bool terminal, JsonArray draws, int[] ones)
    {
        int step = (int)_segment["steps"]!;
        _segment["steps"] = step + 1;
        Add("actions", action);
        Add("rewards", reward);
        Add("terminals", terminal ? 1 : 0);
        Add("hashes", Hash(ones));
        Add("draws", draws);
        Add("obs", new JsonObject { ["step"] = step, ["obs"] = Array(ones) });
        return this;
    }

    public TraceBuilder Reset(JsonArray draws, int[] ones)
    {
        Add("resets", new JsonObject
        {
            ["after"] = (int)_segment["steps"]! - 1,
            ["draws"] = draws,
            ["hash"] = Hash(ones),
            ["obs"] = Array(ones),
        });
        return this;
    }

    public TraceReport Replay(bool compressed = false) => Replay(_segment.ToJsonString() + "\n", compressed);

    public static TraceReport Replay(string text, bool compressed = false)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return TraceReplayer.Replay(new MemoryStream(compressed ? Compress(bytes) : bytes), "hand.jsonl");
    }

    public static byte[] Compress(byte[] bytes)
    {
        using MemoryStream target = new();
        using (GZipStream gzip = new(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }

    private string Hash(int[] ones)
    {
        ulong hash = 14695981039346656037;
        for (int i = 0; i < 100 * _channels; i++)
        {
            hash ^= ones.Contains(i) ? 1ul : 0;
            hash *= 1099511628211;
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Add(string key, JsonNode value) => _segment[key]!.AsArray().Add(value);

    private static JsonArray Array(int[] values) => [.. values.Order().Select(value => (JsonNode)value)];
}
