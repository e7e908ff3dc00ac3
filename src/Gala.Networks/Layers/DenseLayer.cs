using Gala.Numerics;

namespace Gala.Networks;

/// <summary>y = f(x W + b).</summary>
/// <remarks>In each pass a sparse row goes its own short way, with the same bits, and the rows between two of them go the plain way together.</remarks>
internal sealed unsafe class DenseLayer : Layer
{
    private readonly int _units;
    private readonly LazyPacking _packed;
    private readonly LazyPacking? _transposed;
    private readonly AlignedBuffer<int> _inputOffsets;
    private readonly AlignedBuffer<int> _outputOffsets;
    private readonly NonzeroLists _inputs;
    private readonly int[] _allOutputs;
    private float* _weights;
    private float* _bias;

    public DenseLayer(int units, Activation activation, RowBuffer input, int capacity)
        : base(input, new RowBuffer(capacity, units, RowBuffer.PaddedStride(units), hasGradients: true, activation))
    {
        _units = units;
        _packed = new LazyPacking(input.Length, units, transposed: false);
        _transposed = input.HasGradients ? new LazyPacking(units, input.Length, transposed: true) : null;
        _inputOffsets = OffsetTable.Regular(capacity, input.Stride);
        _outputOffsets = OffsetTable.Regular(capacity, Output.Stride);
        _inputs = input.KeepNonzeros();
        _allOutputs = [.. Enumerable.Range(0, units)];
    }

    public override void Use(LayerTensors parameters) => Use(parameters.Data(0), parameters.Data(1));

    /// <summary>Takes up weights, shape [inputs, units], and biases from anywhere; both outlive the layer.</summary>
    public void Use(float* weights, float* bias)
    {
        _weights = weights;
        _bias = bias;
        _packed.Outdate();
        _transposed?.Outdate();
    }

    public override void Forward(int firstRow, int rows, int worker)
    {
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            _inputs.List(row, Input.Values(row));
            if (_inputs.IsSparse(row))
            {
                MultiplyPlain(plain, row - plain);
                Kernels.MultiplySparseRow(Input.Values(row), _inputs.Of(row), _weights, _units, _bias, Floor, Output.Values(row));
                plain = row + 1;
            }
        }

        MultiplyPlain(plain, firstRow + rows - plain);
        Output.Activate(firstRow, rows);
    }

    public override bool HasManyWeights => true;

    public override void AddParameterGradients(int firstRow, int rows, LayerTensors gradients, Share share) =>
        AddParameterGradients(firstRow, rows, gradients.Data(0), gradients.Span(1), share);

    /// <summary>Adds to gradients of the shapes that <see cref="Use(float*, float*)"/> took.</summary>
    public void AddParameterGradients(int firstRow, int rows, float* weightGradients, Span<float> biasGradients, Share share)
    {
        (int firstUnit, int units) = OutputsOf(share);
        Kernels.AddRows(rows, Output.Gradients(firstRow) + firstUnit, Output.Stride, biasGradients.Slice(firstUnit, units));
        (int firstInput, int inputs) = InputsOf(share);
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            if (_inputs.IsSparse(row))
            {
                AddPlainWeightGradients(plain, row - plain, firstInput, inputs, weightGradients);
                Kernels.AddSparseOuterProduct(
                    Input.Values(row), _inputs.Of(row, firstInput, inputs), Output.Gradients(row), _units, weightGradients);
                plain = row + 1;
            }
        }

        AddPlainWeightGradients(plain, firstRow + rows - plain, firstInput, inputs, weightGradients);
    }

    /// <summary>The inputs whose weights' gradients are a share's to sum, in whole tiles of the kernel.</summary>
    public (int First, int Count) InputsOf(Share share) => share.Of(Input.Length, Kernels.OuterProductTile);

    /// <summary>The outputs whose biases' gradients are a share's to sum, in whole vectors.</summary>
    public (int First, int Count) OutputsOf(Share share) => share.Of(_units, SimdWidth.Widest.Lanes);

    public override void SetInputGradients(int firstRow, int rows, int worker)
    {
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            if (HasFewProducts(row))
            {
                SetPlainInputGradients(plain, row - plain);
                new Span<float>(Input.Gradients(row), Input.Length).Clear();
                Kernels.MultiplyListed(
                    Output.Gradients(row), OutputsThatCount(row), _weights, _units, _inputs.Of(row), Input.Gradients(row));
                plain = row + 1;
            }
        }

        SetPlainInputGradients(plain, firstRow + rows - plain);
    }

    protected override void DisposeWeights()
    {
        _packed.Dispose();
        _transposed?.Dispose();
        _inputOffsets.Dispose();
        _outputOffsets.Dispose();
    }

    // A closed rectifier lets no gradient through, so behind one only the listed inputs want any.
    private bool HasFewProducts(int row)
    {
        const int PlainIsFasterBy = 80; // 16 lanes, and single weights come one by one from the second cache
        return Input.Activation == Activation.Relu
            && _inputs.Has(row)
            && (long)_inputs.Of(row).Length * OutputsThatCount(row).Length * PlainIsFasterBy <= (long)Input.Length * _units;
    }

    private ReadOnlySpan<int> OutputsThatCount(int row) =>
        Output.Activation == Activation.Relu && Output.Nonzeros?.Has(row) == true ? Output.Nonzeros.Of(row) : _allOutputs;

    private void MultiplyPlain(int firstRow, int rows)
    {
        if (rows > 0)
        {
            Kernels.MultiplyRows(
                rows,
                new RowLayout(Input.Values(firstRow), Input.Stride),
                RowSegments.Contiguous(Input.Length),
                _packed.Of(_weights, _units),
                _bias,
                Floor,
                new RowLayout(Output.Values(firstRow), Output.Stride));
        }
    }

    private void AddPlainWeightGradients(int firstRow, int rows, int firstInput, int inputs, float* weightGradients)
    {
        if (rows > 0) // even a sum of no terms would walk through all weights
        {
            Kernels.AddOuterProducts(
                rows,
                Input.Values(firstRow) + firstInput,
                _inputOffsets.Data,
                inputs,
                Output.Gradients(firstRow),
                _outputOffsets.Data,
                _units,
                weightGradients + ((nint)firstInput * _units));
        }
    }

    private void SetPlainInputGradients(int firstRow, int rows)
    {
        if (rows > 0)
        {
            Kernels.MultiplyRowsThrough(
                rows,
                new RowLayout(Output.Gradients(firstRow), Output.Stride),
                _transposed!.Of(_weights, _units),
                new RowLayout(Input.Values(firstRow), Input.Stride),
                Input.ActivationGradient,
                new RowLayout(Input.Gradients(firstRow), Input.Stride));
        }
    }
}
