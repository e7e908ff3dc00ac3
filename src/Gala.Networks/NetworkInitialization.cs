namespace Gala.Networks;

/// <summary>Starting values of a network's parameters.</summary>
public static class NetworkInitialization
{
    /// <summary>Orthogonal weights, and biases of zero but for an LSTM's forget gates.</summary>
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

        for (int i = 0; i < spec.Parameters.Count; i++)
        {
            ParameterTensor tensor = spec.Layout.Tensors[i];
            Span<float> target = parameters.Span.Slice(tensor.Offset, tensor.Length);
            if (spec.Parameters[i].Gain == 0)
            {
                FillConstants(target, spec.Parameters[i].Constants);
            }
            else
            {
                FillOrthogonal(target, spec.Parameters[i], seed, (ulong)i);
            }
        }
    }

    private static void FillConstants(Span<float> target, IReadOnlyList<float> constants)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = constants[(int)((long)i * constants.Count / target.Length)];
        }
    }

    private static void FillOrthogonal(Span<float> target, LayerParameter parameter, ulong seed, ulong tensor)
    {
        int columns = parameter.Shape[^1];
        (int rows, int blockColumns) = (target.Length / columns, columns / parameter.Blocks);
        for (int block = 0; block < parameter.Blocks; block++)
        {
            OrthogonalMatrix matrix = new(rows, blockColumns, seed, tensor | ((ulong)block << 32));
            for (int i = 0; i < rows * blockColumns; i++)
            {
                (int row, int column) = (i / blockColumns, i % blockColumns);
                target[(row * columns) + (block * blockColumns) + column] = (float)(parameter.Gain * matrix[row, column]);
            }
        }
    }
}
