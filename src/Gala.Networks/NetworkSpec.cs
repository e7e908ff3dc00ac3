using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The structure of an actor-critic network: a torso of layers, then a linear policy head and a linear value head.</summary>
/// <param name="Name">Name of the preset, or the user's own.</param>
/// <param name="Input">Shape of one observation.</param>
/// <param name="Actions">Number of policy outputs.</param>
/// <param name="Torso">Layers shared by both heads, in order.</param>
public sealed record NetworkSpec(string Name, TensorShape Input, int Actions, IReadOnlyList<LayerSpec> Torso)
{
    /// <summary>Names, shapes and places of the parameters: <c>torso.I.weight</c>, <c>torso.I.bias</c>, …, <c>policy.*</c>, <c>value.*</c>.</summary>
    public ParameterLayout Layout => _layout ??= CreateLayout();

    private ParameterLayout? _layout;

    private ParameterLayout CreateLayout()
    {
        List<(string, int[])> tensors = [];
        TensorShape shape = Input;
        for (int i = 0; i < Torso.Count; i++)
        {
            tensors.Add(($"torso.{i}.weight", Torso[i].WeightShape(shape)));
            shape = Torso[i].OutputShape(shape);
            tensors.Add(($"torso.{i}.bias", [shape.Channels]));
        }

        tensors.Add(("policy.weight", [shape.Length, Actions]));
        tensors.Add(("policy.bias", [Actions]));
        tensors.Add(("value.weight", [shape.Length, 1]));
        tensors.Add(("value.bias", [1]));
        return new ParameterLayout(tensors);
    }
}
