using Gala.Networks;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>The presets on the observations that they are made for, with 6 actions.</summary>
internal static class PresetNetworks
{
    public static NetworkSpec Create(string preset) => NetworkPresets.Create(preset, Input(preset), actions: 6);

    /// <summary>P, the length of the vectors that optimisers and gossip work on.</summary>
    public static int Parameters(string preset) => Create(preset).Layout.Length;

    private static TensorShape Input(string preset) => preset switch
    {
        "minatar" or "minatar-lstm" => new TensorShape(10, 10, 4),
        "mlp" or "mlp-lstm" => TensorShape.Vector(4),
        _ => new TensorShape(84, 84, 4),
    };
}
