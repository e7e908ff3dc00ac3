using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The structure of an actor-critic network: a torso of layers, a memory if it has one, then a linear policy head and a linear
/// value head.</summary>
/// <param name="Name">Name of the preset, or the user's own.</param>
/// <param name="Input">Shape of one observation.</param>
/// <param name="Actions">Number of policy outputs.</param>
/// <param name="Torso">Layers shared by both heads, in order.</param>
/// <param name="Memory">What the network remembers of an episode's earlier observations; null for nothing.</param>
public sealed record NetworkSpec(string Name, TensorShape Input, int Actions, IReadOnlyList<LayerSpec> Torso, LstmSpec? Memory = null)
{
    /// <summary>What the network learns, tensor by tensor: the torso's layers as <c>torso.I.NAME</c>, the memory as <c>lstm.*</c>, then
    /// <c>policy.*</c> and <c>value.*</c>.</summary>
    public IReadOnlyList<LayerParameter> Parameters => _parameters ??= CreateParameters();

    /// <summary>Where each of <see cref="Parameters"/> lies.</summary>
    public ParameterLayout Layout => _layout ??= new ParameterLayout(Parameters.Select(parameter => (parameter.Name, parameter.Shape)));

    /// <summary>The torso's layers and the memory, in order, with the names of their tensors' groups.</summary>
    internal IEnumerable<(string Name, LayerSpec Layer)> Layers
    {
        get
        {
            IEnumerable<(string, LayerSpec)> torso = Torso.Select((layer, i) => ($"torso.{i}", layer));
            return Memory is null ? torso : torso.Append(("lstm", Memory));
        }
    }

    private LayerParameter[]? _parameters;
    private ParameterLayout? _layout;

    private LayerParameter[] CreateParameters()
    {
        List<LayerParameter> parameters = [];
        TensorShape shape = Input;
        foreach ((string name, LayerSpec layer) in Layers)
        {
            parameters.AddRange(layer.Parameters(shape).Select(parameter => parameter with { Name = $"{name}.{parameter.Name}" }));
            shape = layer.OutputShape(shape);
        }

        const double PolicyGain = 0.01; // the policy starts near uniform
        parameters.Add(new LayerParameter("policy.weight", [shape.Length, Actions], PolicyGain));
        parameters.Add(new LayerParameter("policy.bias", [Actions], Gain: 0));
        parameters.Add(new LayerParameter("value.weight", [shape.Length, 1], Gain: 1));
        parameters.Add(new LayerParameter("value.bias", [1], Gain: 0));
        return [.. parameters];
    }
}
