using Gala.Numerics;

namespace Gala.Networks;

/// <summary>Policy and value as one product: the value's weights are one more column beside the policy's.</summary>
internal sealed unsafe class Heads : IDisposable
{
    private readonly RowBuffer _features;
    private readonly int _actions;
    private readonly DenseLayer _joint;
    private readonly AlignedBuffer<float> _weights;
    private readonly AlignedBuffer<float> _bias;
    private readonly AlignedBuffer<float> _weightGradients;
    private readonly AlignedBuffer<float> _biasGradients;

    public Heads(int actions, RowBuffer features, int capacity)
    {
        (_features, _actions) = (features, actions);
        _joint = new DenseLayer(actions + 1, Activation.None, features, capacity);
        _weights = new AlignedBuffer<float>(features.Length * (actions + 1));
        _bias = new AlignedBuffer<float>(actions + 1);
        _weightGradients = new AlignedBuffer<float>(_weights.Length);
        _biasGradients = new AlignedBuffer<float>(_bias.Length);
        Logits = new AlignedBuffer<float>(capacity * actions);
        Values = new AlignedBuffer<float>(capacity);
        LogitGradients = new AlignedBuffer<float>(capacity * actions);
        ValueGradients = new AlignedBuffer<float>(capacity);
    }

    /// <summary>Shape [capacity, actions].</summary>
    public AlignedBuffer<float> Logits { get; }

    /// <summary>Shape [capacity].</summary>
    public AlignedBuffer<float> Values { get; }

    /// <summary>Shape [capacity, actions]; the caller of the network writes it.</summary>
    public AlignedBuffer<float> LogitGradients { get; }

    /// <summary>Shape [capacity]; the caller of the network writes it.</summary>
    public AlignedBuffer<float> ValueGradients { get; }

    public void Use(HeadTensors parameters)
    {
        for (int feature = 0; feature < _features.Length; feature++)
        {
            Span<float> joint = _weights.Span.Slice(feature * (_actions + 1), _actions + 1);
            parameters.PolicyWeights.Slice(feature * _actions, _actions).CopyTo(joint);
            joint[_actions] = parameters.ValueWeights[feature];
        }

        parameters.PolicyBias.CopyTo(_bias.Span);
        _bias.Span[_actions] = parameters.ValueBias[0];
        _joint.Use(_weights.Data, _bias.Data);
    }

    public void Forward(int firstRow, int rows, int worker)
    {
        _joint.Forward(firstRow, rows, worker);
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            ReadOnlySpan<float> joint = new(_joint.Output.Values(row), _actions + 1);
            joint[.._actions].CopyTo(Logits.Span[(row * _actions)..]);
            Values.Span[row] = joint[_actions];
        }
    }

    /// <summary>Sets the features' gradients, if they have any, from those of logits and values.</summary>
    public void SetFeatureGradients(int firstRow, int rows, int worker)
    {
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Span<float> joint = new(_joint.Output.Gradients(row), _actions + 1);
            LogitGradients.Span.Slice(row * _actions, _actions).CopyTo(joint);
            joint[_actions] = ValueGradients.Span[row];
        }

        if (_features.HasGradients)
        {
            _joint.SetInputGradients(firstRow, rows, worker);
        }
    }

    /// <summary>Adds what the rows contribute to the gradients of the share's parameters. Comes after <see cref="SetFeatureGradients"/>.</summary>
    public void AddParameterGradients(int firstRow, int rows, HeadTensors gradients, Share share)
    {
        _joint.AddParameterGradients(firstRow, rows, _weightGradients.Data, _biasGradients.Span, share);
        (int first, int features) = _joint.InputsOf(share);
        for (int feature = first; feature < first + features; feature++)
        {
            Span<float> joint = _weightGradients.Span.Slice(feature * (_actions + 1), _actions + 1);
            Kernels.Add(gradients.PolicyWeights.Slice(feature * _actions, _actions), joint[.._actions]);
            gradients.ValueWeights[feature] += joint[_actions];
            joint.Clear();
        }

        (first, int outputs) = _joint.OutputsOf(share);
        for (int output = first; output < first + outputs; output++)
        {
            (output == _actions ? ref gradients.ValueBias[0] : ref gradients.PolicyBias[output]) += _biasGradients.Span[output];
            _biasGradients.Span[output] = 0;
        }
    }

    public void Dispose()
    {
        _joint.Dispose();
        foreach (AlignedBuffer<float> buffer in
            (AlignedBuffer<float>[])[_weights, _bias, _weightGradients, _biasGradients, Logits, Values, LogitGradients, ValueGradients])
        {
            buffer.Dispose();
        }
    }
}
