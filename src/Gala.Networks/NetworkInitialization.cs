namespace Gala.Networks;

/// <summary>Starting values of a network's parameters.</summary>
public static class NetworkInitialization
{
    /// <summary>Orthogonal weights and zero biases.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="parameters">Written; has the layout of <paramref name="spec"/>.</param>
    /// <param name="seed">Equal seeds give equal bits on machines of one platform (logarithm and cosine are its own).</param>
    /// <exception cref="ArgumentException">The vector has another length than the network.</exception>
    /// <remarks>Source: Saxe, McClelland, Ganguli 2014, arXiv 1312.6120; the gains are those of the common actor-critic codes:
    /// √2 before a rectifier, 1 elsewhere in the torso (also before tanh), 0.01 for the policy, so that it starts near uniform,
    /// and 1 for the value. A matrix with fewer rows than columns gets orthonormal rows, else orthonormal columns, times the gain.</remarks>
    public static void Orthogonal(NetworkSpec spec, ParameterVector parameters, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Length != spec.Layout.Length)
        {
            throw new ArgumentException($"The network has {spec.Layout.Length} parameters, the vector {parameters.Length}.", nameof(parameters));
        }

        parameters.Span.Clear();
        for (int i = 0; i < spec.Parameters.Count; i++)
        {
            if (spec.Parameters[i].Gain != 0)
            {
                Fill(spec.Layout.Tensors[i], parameters, spec.Parameters[i].Gain, seed, stream: i);
            }
        }
    }

    private static void Fill(ParameterTensor tensor, ParameterVector parameters, double gain, ulong seed, int stream)
    {
        int columns = tensor.Shape[^1];
        int rows = tensor.Length / columns;
        OrthogonalMatrix matrix = new(rows, columns, seed, (ulong)stream);
        Span<float> target = parameters.Span.Slice(tensor.Offset, tensor.Length);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (float)(gain * matrix[i / columns, i % columns]);
        }
    }
}
