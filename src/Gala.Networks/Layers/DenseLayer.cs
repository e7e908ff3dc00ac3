using Gala.Numerics;

namespace Gala.Networks;

/// <summary>y = f(x W + b).</summary>
internal sealed unsafe class DenseLayer : Layer
{
    private readonly int _units;
    private readonly PackedMatrix _weights;
    private readonly PackedMatrix? _transposed;
    private readonly AlignedBuffer<int> _inputOffsets;
    private readonly AlignedBuffer<int> _outputOffsets;
    private readonly Nonzeros _inputs;
    private readonly Nonzeros _outputGradients;
    private float* _bias;

    public DenseLayer(int units, Activation activation, RowBuffer input, int capacity)
        : base(input, new RowBuffer(capacity, units, RowBuffer.PaddedStride(units), hasGradients: true, activation))
    {
        _units = units;
        _weights = new PackedMatrix(input.Length, units);
        _transposed = input.HasGradients ? new PackedMatrix(units, input.Length) : null;
        _inputOffsets = OffsetTable.Regular(capacity, input.Stride);
        _outputOffsets = OffsetTable.Regular(capacity, Output.Stride);
        (_inputs, _outputGradients) = (new Nonzeros(input.Length), new Nonzeros(units));
    }

    public override void Use(LayerTensors parameters) => Use(parameters.Data(0), parameters.Data(1));

    /// <summary>Takes up weights, shape [inputs, units], and biases from anywhere; both outlive the layer.</summary>
    public void Use(float* weights, float* bias)
    {
        _bias = bias;
        _weights.Pack(weights, _units);
        _transposed?.PackTransposed(weights, _units);
    }

    // In each pass a sparse row goes its own short way, and the rows between two of them go the plain way together.
    public override void Forward(int firstRow, int rows)
    {
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            if (_inputs.AreFew(Input.Row(row)))
            {
                MultiplyPlain(plain, row - plain);
                Kernels.MultiplySparseRow(Input.Values(row), _inputs.Found, _weights, _bias, Floor, Output.Values(row));
                plain = row + 1;
            }
        }

        MultiplyPlain(plain, firstRow + rows - plain);
        Output.Activate(firstRow, rows);
    }

    public override void AddParameterGradients(int firstRow, int rows, LayerTensors gradients) =>
        AddParameterGradients(firstRow, rows, gradients.Data(0), gradients.Span(1));

    /// <summary>Adds to gradients of the shapes that <see cref="Use(float*, float*)"/> took.</summary>
    public void AddParameterGradients(int firstRow, int rows, float* weightGradients, Span<float> biasGradients)
    {
        Kernels.AddRows(rows, Output.Gradients(firstRow), Output.Stride, biasGradients);
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            if (_inputs.AreFew(Input.Row(row)))
            {
                AddPlainWeightGradients(plain, row - plain, weightGradients);
                Kernels.AddSparseOuterProduct(Input.Values(row), _inputs.Found, Output.Gradients(row), _units, weightGradients);
                plain = row + 1;
            }
        }

        AddPlainWeightGradients(plain, firstRow + rows - plain, weightGradients);
    }

    public override void SetInputGradients(int firstRow, int rows)
    {
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            if (_outputGradients.AreFew(Output.GradientRow(row)))
            {
                SetPlainInputGradients(plain, row - plain);
                Kernels.MultiplySparseRow(
                    Output.Gradients(row), _outputGradients.Found, _transposed!, bias: null, float.NegativeInfinity, Input.Gradients(row));
                plain = row + 1;
            }
        }

        SetPlainInputGradients(plain, firstRow + rows - plain);
        Input.PassActivation(firstRow, rows);
    }

    protected override void DisposeWeights()
    {
        _weights.Dispose();
        _transposed?.Dispose();
        _inputOffsets.Dispose();
        _outputOffsets.Dispose();
    }

    private void MultiplyPlain(int firstRow, int rows) => Kernels.MultiplyRows(
        rows,
        new RowLayout(Input.Values(firstRow), Input.Stride),
        RowSegments.Contiguous(Input.Length),
        _weights,
        _bias,
        Floor,
        new RowLayout(Output.Values(firstRow), Output.Stride));

    private void AddPlainWeightGradients(int firstRow, int rows, float* weightGradients)
    {
        if (rows == 0)
        {
            return; // even a sum of no terms would walk through all weights
        }

        Kernels.AddOuterProducts(
            rows,
            Input.Values(firstRow),
            _inputOffsets.Data,
            Input.Length,
            Output.Gradients(firstRow),
            _outputOffsets.Data,
            _units,
            weightGradients);
    }

    private void SetPlainInputGradients(int firstRow, int rows) => Kernels.MultiplyRows(
        rows,
        new RowLayout(Output.Gradients(firstRow), Output.Stride),
        RowSegments.Contiguous(_units),
        _transposed!,
        bias: null,
        float.NegativeInfinity,
        new RowLayout(Input.Gradients(firstRow), Input.Stride));
}
