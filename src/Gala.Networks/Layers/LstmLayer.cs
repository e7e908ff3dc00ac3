using Gala.Numerics;

namespace Gala.Networks;

/// <summary>LSTM cells: an output row is h′ with c′ behind it, computed from an input row and the state h, c that the row starts from.</summary>
/// <remarks>The inputs' part of the gates, x W + b, is a dense layer's; its outputs become the gates in place. All memory is by row, so
/// that rows can be computed in any company.</remarks>
internal sealed unsafe class LstmLayer : Layer
{
    private readonly int _units;
    private readonly DenseLayer _gates;
    private readonly RowBuffer _states;
    private readonly PackedMatrix _recurrent;
    private readonly LazyPacking _transposed; // only learning asks for it
    private readonly AlignedBuffer<int> _stateOffsets;
    private readonly AlignedBuffer<int> _gateOffsets;
    private float* _recurrentWeights;

    public LstmLayer(int units, RowBuffer input, int capacity)
        : base(input, new RowBuffer(capacity, units, stride: 2 * units, hasGradients: true))
    {
        _units = units;
        _gates = new DenseLayer(4 * units, Activation.None, input, capacity);
        _states = new RowBuffer(capacity, 2 * units, stride: 2 * units, hasGradients: false);
        _recurrent = new PackedMatrix(units, 4 * units);
        _transposed = new LazyPacking(4 * units, units, transposed: true);
        _stateOffsets = OffsetTable.Regular(capacity, _states.Stride);
        _gateOffsets = OffsetTable.Regular(capacity, _gates.Output.Stride);
    }

    /// <summary>h and c that rows start from, shape [rows, 2 · units].</summary>
    public Span<float> States(int firstRow, int rows) => _states.ValueSpan(firstRow, rows);

    /// <summary>h′ and c′ after the rows, shape [rows, 2 · units].</summary>
    public ReadOnlySpan<float> NextStates(int firstRow, int rows) => Output.ValueSpan(firstRow, rows);

    public override void Use(LayerTensors parameters)
    {
        _gates.Use(parameters.Data(0), parameters.Data(2));
        _recurrentWeights = parameters.Data(1);
        _recurrent.Pack(_recurrentWeights, 4 * _units);
        _transposed.Outdate();
    }

    public override void Forward(int firstRow, int rows, int worker)
    {
        ComputeGates(firstRow, rows, worker);
        Step(firstRow, rows);
    }

    /// <summary>x W + b, what a row's gates get from its inputs.</summary>
    public void ComputeGates(int firstRow, int rows, int worker) => _gates.Forward(firstRow, rows, worker);

    /// <summary>Forward over rows in steps of N: each step starts from the states after the one before, or from zero where an episode ended.
    /// Comes after <see cref="ComputeGates"/>.</summary>
    /// <param name="firstRow">First row; the states of its step are the caller's.</param>
    /// <param name="steps">T.</param>
    /// <param name="simulators">N.</param>
    /// <param name="ended">Whether a row ended its episode, shape [T, N]; those of the last step are not read.</param>
    /// <param name="share">Which of the simulators.</param>
    public void Unroll(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended, Share share)
    {
        (int first, int count) = share.Of(simulators);
        for (int step = 0; step < steps; step++)
        {
            int row = firstRow + (step * simulators) + first;
            if (step > 0)
            {
                CarryStates(row, ended.Slice(((step - 1) * simulators) + first, count), simulators);
            }

            Step(row, count);
        }
    }

    /// <summary>Sets the gradients of all rows' gates from those of their outputs, last step first. Other passes follow by row.</summary>
    /// <inheritdoc cref="Unroll"/>
    public void BackThroughTime(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended, Share share)
    {
        (int first, int count) = share.Of(simulators);
        for (int step = steps - 1; step >= 0; step--)
        {
            int firstOfStep = firstRow + (step * simulators) + first;
            for (int row = firstOfStep; row < firstOfStep + count; row++)
            {
                if (step == steps - 1)
                {
                    CellGradients(row).Clear(); // nobody but the step after, if there is one, looks at a row's cells
                }

                Kernels.LstmBackward(
                    Gates(row), StateCells(row), NextCells(row), OutputGradients(row), CellGradients(row), GateGradients(row));
            }

            if (step > 0)
            {
                PassToStepBefore(firstOfStep, ended.Slice(((step - 1) * simulators) + first, count), simulators);
            }
        }
    }

    public override bool HasManyWeights => true;

    public override void AddParameterGradients(int firstRow, int rows, LayerTensors gradients, Share share)
    {
        _gates.AddParameterGradients(firstRow, rows, gradients.Data(0), gradients.Span(2), share);
        (int first, int units) = share.Of(_units, Kernels.OuterProductTile);
        Kernels.AddOuterProducts(
            rows,
            _states.Values(firstRow) + first,
            _stateOffsets.Data,
            units,
            _gates.Output.Gradients(firstRow),
            _gateOffsets.Data,
            4 * _units,
            gradients.Data(1) + ((nint)first * 4 * _units));
    }

    public override void SetInputGradients(int firstRow, int rows, int worker) => _gates.SetInputGradients(firstRow, rows, worker);

    protected override void DisposeWeights()
    {
        _gates.Dispose();
        _states.Dispose();
        _recurrent.Dispose();
        _transposed.Dispose();
        _stateOffsets.Dispose();
        _gateOffsets.Dispose();
    }

    /// <summary>From x W + b and the states to the outputs.</summary>
    private void Step(int firstRow, int rows)
    {
        Kernels.MultiplyRowsInto(
            rows,
            new RowLayout(_states.Values(firstRow), _states.Stride),
            RowSegments.Contiguous(_units),
            _recurrent,
            new RowLayout(_gates.Output.Values(firstRow), _gates.Output.Stride));
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Kernels.LstmForward(Gates(row), StateCells(row), Outputs(row), NextCells(row));
        }
    }

    private void CarryStates(int firstRow, ReadOnlySpan<bool> endedBefore, int simulators)
    {
        for (int i = 0; i < endedBefore.Length; i++)
        {
            Span<float> state = States(firstRow + i, 1);
            if (endedBefore[i])
            {
                state.Clear();
            }
            else
            {
                NextStates(firstRow + i - simulators, 1).CopyTo(state);
            }
        }
    }

    // Rows between two ends of episodes go together.
    private void PassToStepBefore(int firstRow, ReadOnlySpan<bool> endedBefore, int simulators)
    {
        int plain = 0;
        for (int i = 0; i < endedBefore.Length; i++)
        {
            if (endedBefore[i])
            {
                PassToStepBefore(firstRow + plain, i - plain, simulators);
                CellGradients(firstRow + i - simulators).Clear();
                plain = i + 1;
            }
        }

        PassToStepBefore(firstRow + plain, endedBefore.Length - plain, simulators);
    }

    private void PassToStepBefore(int firstRow, int rows, int simulators)
    {
        Kernels.MultiplyRowsInto(
            rows,
            new RowLayout(_gates.Output.Gradients(firstRow), _gates.Output.Stride),
            RowSegments.Contiguous(4 * _units),
            _transposed.Of(_recurrentWeights, 4 * _units),
            new RowLayout(Output.Gradients(firstRow - simulators), Output.Stride));
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            CellGradients(row).CopyTo(CellGradients(row - simulators));
        }
    }

    private Span<float> Gates(int row) => new(_gates.Output.Values(row), 4 * _units);

    private Span<float> GateGradients(int row) => new(_gates.Output.Gradients(row), 4 * _units);

    private ReadOnlySpan<float> StateCells(int row) => new(_states.Values(row) + _units, _units);

    private Span<float> Outputs(int row) => new(Output.Values(row), _units);

    private ReadOnlySpan<float> OutputGradients(int row) => new(Output.Gradients(row), _units);

    private Span<float> NextCells(int row) => new(Output.Values(row) + _units, _units);

    // Behind the gradients of h′, as c′ lies behind h′: ∂L/∂c′ at first, ∂L/∂c once the row's step is done.
    private Span<float> CellGradients(int row) => new(Output.Gradients(row) + _units, _units);
}
