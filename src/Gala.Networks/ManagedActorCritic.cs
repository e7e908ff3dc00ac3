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
    private readonly int _imageLayers; // the first so many layers have few weights
    private readonly LstmLayer? _memory;
    private readonly Heads _heads;
    private bool _packed;

    /// <summary>Allocates a network whose parameters are zero.</summary>
    /// <param name="spec">Its structure.</param>
    /// <param name="capacity">Number of rows that it holds, at least 1: simulators × steps of a rollout, and more for bootstrapping.</param>
    /// <param name="threads">How many share out the passes, the caller's among them. The bits are the same for any number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> or <paramref name="threads"/> is not positive.</exception>
    /// <exception cref="ArgumentException">The input does not fit the layers.</exception>
    public ManagedActorCritic(NetworkSpec spec, int capacity, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
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
                ? Create(layers[i], shape, features, capacity, threads)
                : _memory = new LstmLayer(spec.Memory!.Units, features, capacity);
            (features, shape) = (_layers[i].Output, layers[i].OutputShape(shape));
        }

        _imageLayers = _layers.TakeWhile(layer => !layer.HasManyWeights).Count();
        _heads = new Heads(spec.Actions, features, capacity);
        _ended = new bool[_memory is null ? 0 : capacity];
        (_forward, _computeFeatures, _unroll) = (ForwardRows, ComputeFeatures, UnrollTrajectories);
        (_backThroughTime, _setGradientsOfRows, _addParameterGradients) = (BackThroughTime, SetGradientsOfRows, AddParameterGradients);
        _multiplyAddsOfRow = MultiplyAddsOfRow().Sum();
        _team = new ComputeTeam(threads);
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
        Begin(firstRow, steps: 1, rows, ended: []);
        ShareOut(_forward);
        GC.KeepAlive(this); // its buffers' finalisers must not run while kernels hold raw pointers
    }

    /// <inheritdoc />
    public void Unroll(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended)
    {
        ThrowIfNoTrajectories(firstRow, steps, simulators, ended);
        PackIfChanged();
        Begin(firstRow, steps, simulators, ended);
        if (_memory is null)
        {
            ShareOut(_forward);
        }
        else
        {
            ShareOut(_computeFeatures);
            ShareOut(_unroll);
        }

        GC.KeepAlive(this);
    }

    /// <inheritdoc />
    public void Backward(int firstRow, int rows) => Backward(firstRow, steps: 1, rows, ended: []);

    /// <inheritdoc />
    public void Backward(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended)
    {
        ThrowIfNoTrajectories(firstRow, steps, simulators, ended);
        PackIfChanged();
        Begin(firstRow, steps, simulators, ended);
        if (_memory is not null)
        {
            ShareOut(_backThroughTime);
        }

        if (IsShared)
        {
            _team.Run(_setGradientsOfRows);
            _team.Run(_addParameterGradients);
        }
        else
        {
            BackwardAlone();
        }

        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].FinishParameterGradients(new LayerTensors(Gradients, _firstTensor[i]));
        }

        GC.KeepAlive(this);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _team.Dispose();
        _heads.Dispose();
        foreach (Layer layer in _layers)
        {
            layer.Dispose();
        }

        _input.Dispose();
        Gradients.Dispose();
        Parameters.Dispose();
    }

    private static Layer Create(LayerSpec spec, TensorShape shape, RowBuffer input, int capacity, int threads) => spec switch
    {
        ConvolutionSpec convolution => new ConvolutionLayer(convolution, shape, input, capacity, threads),
        DenseSpec dense => new DenseLayer(dense.Units, dense.Activation, input, capacity),
        MaxPoolingSpec pooling => new MaxPoolingLayer(pooling.Windows(shape), input, capacity),
        ResidualSpec => ResidualLayer.Create(shape, input, capacity, threads),
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
