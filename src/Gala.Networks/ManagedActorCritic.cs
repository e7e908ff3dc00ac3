using Gala.Numerics;

namespace Gala.Networks;

/// <summary>An actor-critic network on the processor's vector instructions, without any library beneath.</summary>
/// <remarks>All memory is allocated on construction; the passes allocate nothing. New parameters are zero:
/// see <see cref="NetworkInitialization"/>.</remarks>
public sealed unsafe partial class ManagedActorCritic : IActorCritic
{
    private readonly RowBuffer _input;
    private readonly Layer[] _layers; // the torso's, then the memory
    private readonly int[] _firstTensor; // of each layer, in the layout
    private readonly LstmLayer? _memory;
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
        LayerSpec[] layers = [.. spec.Layers.Select(layer => layer.Layer)];
        _layers = new Layer[layers.Length];
        _firstTensor = new int[layers.Length];
        (RowBuffer features, TensorShape shape, int tensors) = (_input, spec.Input, 0);
        for (int i = 0; i < layers.Length; i++)
        {
            _firstTensor[i] = tensors;
            tensors += layers[i].Parameters(shape).Count;
            _layers[i] = i < spec.Torso.Count
                ? Create(layers[i], shape, features, capacity)
                : _memory = new LstmLayer(spec.Memory!.Units, features, capacity);
            (features, shape) = (_layers[i].Output, layers[i].OutputShape(shape));
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
    public int StateLength => _memory is null ? 0 : 2 * Spec.Memory!.Units;

    /// <inheritdoc />
    public void Forward(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        PackIfChanged();
        foreach (Layer layer in _layers)
        {
            layer.Forward(firstRow, rows);
        }

        _heads.Forward(firstRow, rows);
        GC.KeepAlive(this); // its buffers' finalisers must not run while kernels hold raw pointers
    }

    /// <inheritdoc />
    public void Unroll(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended)
    {
        int rows = ThrowIfNoTrajectories(firstRow, steps, simulators, ended);
        PackIfChanged();
        foreach (Layer layer in _layers)
        {
            if (layer == _memory)
            {
                _memory.Unroll(firstRow, steps, simulators, ended);
            }
            else
            {
                layer.Forward(firstRow, rows);
            }
        }

        _heads.Forward(firstRow, rows);
        GC.KeepAlive(this);
    }

    /// <inheritdoc />
    public void Backward(int firstRow, int rows) => Backward(firstRow, steps: 1, rows, ended: []);

    /// <inheritdoc />
    public void Backward(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended)
    {
        int rows = ThrowIfNoTrajectories(firstRow, steps, simulators, ended);
        PackIfChanged();
        Gradients.Span.Clear();
        _heads.Backward(firstRow, rows, HeadTensors.Of(Gradients));
        _memory?.BackThroughTime(firstRow, steps, simulators, ended);
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            _layers[i].AddParameterGradients(firstRow, rows, new LayerTensors(Gradients, _firstTensor[i]));
            if (i > 0 && _layers[i - 1].Output.HasGradients)
            {
                _layers[i].SetInputGradients(firstRow, rows);
            }
        }

        GC.KeepAlive(this);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _heads.Dispose();
        foreach (Layer layer in _layers)
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
        MaxPoolingSpec pooling => new MaxPoolingLayer(pooling.Windows(shape), input, capacity),
        ResidualSpec => ResidualLayer.Create(shape, input, capacity),
        ActivationSpec single => new FrameLayer(shape, frame: 0, single.Activation, input, capacity),
        _ => throw new ArgumentException($"The managed network has no layer of a torso for a {spec.GetType().Name}.", nameof(spec)),
    };

    private void PackIfChanged()
    {
        if (_packed)
        {
            return;
        }

        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].Use(new LayerTensors(Parameters, _firstTensor[i]));
        }

        _heads.Use(HeadTensors.Of(Parameters));
        _packed = true;
    }

    /// <summary>Number of rows of T steps of N simulators.</summary>
    private int ThrowIfNoTrajectories(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(simulators);
        int rows = checked(steps * simulators);
        ThrowIfOutside(firstRow, rows);
        return ended.Length >= rows - simulators ? rows : throw new ArgumentException(
            $"Ends of episodes of {steps} steps and {simulators} simulators are {rows - simulators} or more, but {ended.Length} came.", nameof(ended));
    }
}
