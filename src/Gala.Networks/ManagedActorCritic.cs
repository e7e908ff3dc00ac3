using Gala.Numerics;

namespace Gala.Networks;

/// <summary>An actor-critic network on the processor's vector instructions, without any library beneath.</summary>
/// <remarks>All memory is allocated on construction; the passes allocate nothing. New parameters are zero:
/// see <see cref="NetworkInitialization"/>.</remarks>
public sealed unsafe class ManagedActorCritic : IActorCritic
{
    private readonly RowBuffer _input;
    private readonly Layer[] _torso;
    private readonly int[] _firstTensor; // of each layer, in the layout
    private readonly Heads _heads;
    private bool _packed;

    /// <summary>Allocates a network whose parameters are zero.</summary>
    /// <param name="spec">Its structure.</param>
    /// <param name="capacity">Number of rows that it holds, at least 1: simulators × steps of a rollout, and more for bootstrapping.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    /// <exception cref="ArgumentException">The input does not fit the layers.</exception>
    public ManagedActorCritic(NetworkSpec spec, int capacity)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        (Spec, Capacity) = (spec, capacity);
        Parameters = new ParameterVector(spec.Layout);
        Gradients = new ParameterVector(spec.Layout);
        _input = new RowBuffer(capacity, spec.Input.Length, spec.Input.Length, hasGradients: false);
        _torso = new Layer[spec.Torso.Count];
        _firstTensor = new int[_torso.Length];
        (RowBuffer features, TensorShape shape, int tensors) = (_input, spec.Input, 0);
        for (int i = 0; i < _torso.Length; i++)
        {
            _firstTensor[i] = tensors;
            tensors += spec.Torso[i].Parameters(shape).Count;
            _torso[i] = Create(spec.Torso[i], shape, features, capacity);
            (features, shape) = (_torso[i].Output, spec.Torso[i].OutputShape(shape));
        }

        _heads = new Heads(spec.Actions, features, capacity);
    }

    /// <inheritdoc />
    public NetworkSpec Spec { get; }

    /// <inheritdoc />
    public int Capacity { get; }

    /// <inheritdoc />
    public ParameterVector Parameters { get; }

    /// <inheritdoc />
    public ParameterVector Gradients { get; }

    /// <inheritdoc />
    public void ParametersChanged() => _packed = false;

    /// <inheritdoc />
    public Span<float> Observations(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _input.ValueSpan(firstRow, rows);
    }

    /// <inheritdoc />
    public void Forward(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        PackIfChanged();
        foreach (Layer layer in _torso)
        {
            layer.Forward(firstRow, rows);
        }

        _heads.Forward(firstRow, rows);
        GC.KeepAlive(this); // its buffers' finalisers must not run while kernels hold raw pointers
    }

    /// <inheritdoc />
    public ReadOnlySpan<float> Logits(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _heads.Logits.Span.Slice(firstRow * Spec.Actions, rows * Spec.Actions);
    }

    /// <inheritdoc />
    public ReadOnlySpan<float> Values(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _heads.Values.Span.Slice(firstRow, rows);
    }

    /// <inheritdoc />
    public Span<float> LogitGradients(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _heads.LogitGradients.Span.Slice(firstRow * Spec.Actions, rows * Spec.Actions);
    }

    /// <inheritdoc />
    public Span<float> ValueGradients(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _heads.ValueGradients.Span.Slice(firstRow, rows);
    }

    /// <inheritdoc />
    public void Backward(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        PackIfChanged();
        Gradients.Span.Clear();
        _heads.Backward(firstRow, rows, HeadTensors.Of(Gradients));
        for (int i = _torso.Length - 1; i >= 0; i--)
        {
            _torso[i].AddParameterGradients(firstRow, rows, new LayerTensors(Gradients, _firstTensor[i]));
            if (i > 0)
            {
                _torso[i].SetInputGradients(firstRow, rows);
            }
        }

        GC.KeepAlive(this);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _heads.Dispose();
        foreach (Layer layer in _torso)
        {
            layer.Dispose();
        }

        _input.Dispose();
        Gradients.Dispose();
        Parameters.Dispose();
    }

    private static Layer Create(LayerSpec spec, TensorShape shape, RowBuffer input, int capacity) => spec switch
    {
        ConvolutionSpec convolution => new ConvolutionLayer(convolution, shape, input, capacity),
        DenseSpec dense => new DenseLayer(dense.Units, dense.Activation, input, capacity),
        _ => throw new ArgumentException($"The managed network has no layer for a {spec.GetType().Name}.", nameof(spec)),
    };

    private void PackIfChanged()
    {
        if (_packed)
        {
            return;
        }

        for (int i = 0; i < _torso.Length; i++)
        {
            _torso[i].Use(new LayerTensors(Parameters, _firstTensor[i]));
        }

        _heads.Use(HeadTensors.Of(Parameters));
        _packed = true;
    }

    private void ThrowIfOutside(int firstRow, int rows)
    {
        if (firstRow < 0 || rows < 0 || firstRow > Capacity - rows)
        {
            throw new ArgumentOutOfRangeException(
                nameof(firstRow), $"Rows {firstRow} to {firstRow + rows - 1} were asked for, but the network holds {Capacity}.");
        }
    }
}
