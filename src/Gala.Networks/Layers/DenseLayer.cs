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

    public DenseLayer(int units, Activation activation, RowBuffer input, int capacity)
        : base(input, new RowBuffer(capacity, units, RowBuffer.PaddedStride(units), hasGradients: true), activation)
    {
        _units = units;
        _weights = new PackedMatrix(input.Length, units);
        _transposed = input.HasGradients ? new PackedMatrix(units, input.Length) : null;
        _inputOffsets = OffsetTable.Regular(capacity, input.Stride);
        _outputOffsets = OffsetTable.Regular(capacity, Output.Stride);
    }

    public override void Pack(float* weights)
    {
        _weights.Pack(weights, _units);
        _transposed?.PackTransposed(weights, _units);
    }

    protected override void Multiply(int firstRow, int rows, float* bias) => Kernels.MultiplyRows(
        rows,
        new RowLayout(Input.Values(firstRow), Input.Stride),
        RowSegments.Contiguous(Input.Length),
        _weights,
        bias,
        Floor,
        new RowLayout(Output.Values(firstRow), Output.Stride));

    protected override void AddWeightGradients(int firstRow, int rows, float* weightGradients, Span<float> biasGradients)
    {
        float* gradients = Output.Gradients(firstRow);
        Kernels.AddRows(rows, gradients, Output.Stride, biasGradients);
        Kernels.AddOuterProducts(
            rows, Input.Values(firstRow), _inputOffsets.Data, Input.Length, gradients, _outputOffsets.Data, _units, weightGradients);
    }

    protected override void SetInputGradients(int firstRow, int rows) => Kernels.MultiplyRows(
        rows,
        new RowLayout(Output.Gradients(firstRow), Output.Stride),
        RowSegments.Contiguous(_units),
        _transposed!,
        bias: null,
        float.NegativeInfinity,
        new RowLayout(Input.Gradients(firstRow), Input.Stride));

    protected override void DisposeWeights()
    {
        _weights.Dispose();
        _transposed?.Dispose();
        _inputOffsets.Dispose();
        _outputOffsets.Dispose();
    }
}
