namespace Gala.Networks;

/// <summary>The heads' tensors in a parameter or gradient vector.</summary>
internal readonly ref struct HeadTensors(ParameterVector vector, ParameterTensor policyWeights, ParameterTensor policyBias, ParameterTensor valueWeights, ParameterTensor valueBias)
{
    /// <summary>Shape [features, actions].</summary>
    public Span<float> PolicyWeights { get; } = vector.Span.Slice(policyWeights.Offset, policyWeights.Length);

    /// <summary>Shape [actions].</summary>
    public Span<float> PolicyBias { get; } = vector.Span.Slice(policyBias.Offset, policyBias.Length);

    /// <summary>Shape [features].</summary>
    public Span<float> ValueWeights { get; } = vector.Span.Slice(valueWeights.Offset, valueWeights.Length);

    /// <summary>Shape [1].</summary>
    public Span<float> ValueBias { get; } = vector.Span.Slice(valueBias.Offset, valueBias.Length);

    /// <summary>The last four tensors of a vector, the order that <see cref="NetworkSpec.Layout"/> fixes.</summary>
    public static HeadTensors Of(ParameterVector vector)
    {
        IReadOnlyList<ParameterTensor> tensors = vector.Layout.Tensors;
        return new HeadTensors(vector, tensors[^4], tensors[^3], tensors[^2], tensors[^1]);
    }
}
