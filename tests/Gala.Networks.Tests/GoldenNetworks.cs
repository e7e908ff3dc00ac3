using System.Text.Json;
using Gala.Numerics;

namespace Gala.Networks.Tests;

/// <summary>Reads tests/golden/networks.json, and computes what its formula gives; the script beside it documents both.</summary>
internal static class GoldenNetworks
{
    private static readonly Lazy<JsonDocument> File = new(() => JsonDocument.Parse(System.IO.File.ReadAllBytes(Locate())));

    public static JsonElement All => File.Value.RootElement;

    public static JsonElement Find(string name) =>
        All.GetProperty("networks").EnumerateArray().Single(network => network.GetProperty("name").GetString() == name);

    public static NetworkSpec Spec(string name) => name switch
    {
        "minatar" => NetworkPresets.Create("minatar", new TensorShape(10, 10, 4), 6),
        "mlp" => NetworkPresets.Create("mlp", TensorShape.Vector(4), 2),
        "residual" => new NetworkSpec(
            name,
            new TensorShape(10, 10, 4),
            3,
            [
                new ConvolutionSpec(16, 3, 1, Activation.None, Padding: 1),
                new MaxPoolingSpec(3, 2, Padding: 1),
                new ResidualSpec(),
                new ResidualSpec(),
                new ConvolutionSpec(5, 3, 2, Activation.Tanh, Padding: 1),
                new ResidualSpec(),
                new ActivationSpec(Activation.Relu),
                new DenseSpec(20, Activation.Relu),
            ]),
        "lstm" => new NetworkSpec(
            name,
            new TensorShape(5, 4, 2),
            3,
            [new ConvolutionSpec(6, 2, 1, Activation.Relu), new DenseSpec(17, Activation.Tanh)],
            new LstmSpec(21)),
        _ => new NetworkSpec(
            name,
            new TensorShape(13, 11, 3),
            3,
            [new ConvolutionSpec(5, 3, 2, Activation.Relu), new ConvolutionSpec(18, 2, 1, Activation.Relu), new DenseSpec(33, Activation.Relu)]),
    };

    public static ManagedActorCritic Create(string name)
    {
        JsonElement golden = Find(name);
        int rows = golden.GetProperty("rows").GetInt32();
        ManagedActorCritic network = new(Spec(name), rows);
        for (int t = 0; t < network.Spec.Layout.Tensors.Count; t++)
        {
            ParameterTensor tensor = network.Spec.Layout.Tensors[t];
            Fill(network.Parameters.Span.Slice(tensor.Offset, tensor.Length), t, golden.GetProperty("scale").GetSingle());
        }

        Fill(network.Observations(0, rows), stream: 100, scale: 1);
        Fill(network.States(0, Simulators(name)), stream: 102, scale: 1);
        network.ParametersChanged();
        return network;
    }

    /// <summary>Rows of one step of a network with a memory; all rows of another.</summary>
    public static int Simulators(string name) =>
        Find(name).TryGetProperty("simulators", out JsonElement simulators) ? simulators.GetInt32() : Find(name).GetProperty("rows").GetInt32();

    /// <summary>The rows that end an episode.</summary>
    public static bool[] Ended(string name)
    {
        bool[] ended = new bool[Find(name).GetProperty("rows").GetInt32()];
        if (Find(name).TryGetProperty("ended", out JsonElement rows))
        {
            Array.ForEach([.. rows.EnumerateArray()], row => ended[row.GetInt32()] = true);
        }

        return ended;
    }

    public static float[] Returns(int rows)
    {
        float[] returns = new float[rows];
        Fill(returns, stream: 101, scale: 1);
        return returns;
    }

    private static void Fill(Span<float> target, int stream, float scale)
    {
        for (int i = 0; i < target.Length; i++)
        {
            uint h = unchecked((uint)i + ((uint)stream * 0x9E3779B9));
            h = unchecked((h ^ (h >> 16)) * 0x85EBCA6B);
            h = unchecked((h ^ (h >> 13)) * 0xC2B2AE35);
            h ^= h >> 16;
            target[i] = ((h % 2048) - 1024f) / 1024f * scale;
        }
    }

    private static string Locate()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "golden", "networks.json");
            if (System.IO.File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException("No tests/golden/networks.json above the test's folder; make_golden.py makes it.");
    }
}
