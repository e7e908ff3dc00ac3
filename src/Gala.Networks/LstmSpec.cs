using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A memory of LSTM cells between the torso and the heads, which read its outputs h.</summary>
/// <param name="Units">Number of cells.</param>
/// <remarks>Gates in the order i, f, g, o, one bias each; each gate's weights are orthogonal by themselves. Forget gates start with a
/// bias of 1, so that a new network remembers (Gers, Schmidhuber and Cummins 2000; Jozefowicz, Zaremba and Sutskever 2015).</remarks>
public sealed record LstmSpec(int Units) : LayerSpec
{
    private const int Gates = 4;

    /// <inheritdoc />
    public override TensorShape OutputShape(TensorShape input) => TensorShape.Vector(Units);

    /// <inheritdoc />
    public override IReadOnlyList<LayerParameter> Parameters(TensorShape input) =>
    [
        new("input.weight", [input.Length, Gates * Units], Gain: 1) { Blocks = Gates },
        new("recurrent.weight", [Units, Gates * Units], Gain: 1) { Blocks = Gates },
        new("bias", [Gates * Units], Gain: 0) { Constants = [0, 1, 0, 0] },
    ];
}
