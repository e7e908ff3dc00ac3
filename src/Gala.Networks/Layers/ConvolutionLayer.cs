using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A convolution on channels-last images, without copying patches: a patch is one run of floats for each row of the kernel.</summary>
internal sealed unsafe class ConvolutionLayer : Layer
{
    private readonly ConvolutionSpec _spec;
    private readonly TensorShape _inputShape;
    private readonly int _pixels;
    private readonly RowSegments _patch;
    private readonly PackedMatrix _weights;
    private readonly PackedMatrix[] _taps;
    private readonly AlignedBuffer<int> _patchOffsets;
    private readonly AlignedBuffer<int> _pixelOffsets;
    private readonly SparseImages? _sparse;
    private float* _bias;

    public ConvolutionLayer(ConvolutionSpec spec, TensorShape inputShape, RowBuffer input, int capacity)
        : this(spec, inputShape, spec.OutputShape(inputShape), input, capacity)
    {
    }

    private ConvolutionLayer(ConvolutionSpec spec, TensorShape inputShape, TensorShape outputShape, RowBuffer input, int capacity)
        : base(input, new RowBuffer(capacity, outputShape.Length, RowBuffer.PaddedStride(outputShape.Length), hasGradients: true, spec.Activation))
    {
        (_spec, _inputShape) = (spec, inputShape);
        _pixels = outputShape.Height * outputShape.Width;
        _patch = new RowSegments(spec.Kernel, spec.Kernel * inputShape.Channels, inputShape.Width * inputShape.Channels);
        _weights = new PackedMatrix(_patch.TotalLength, spec.Filters);
        _taps = new PackedMatrix[input.HasGradients ? spec.Kernel * spec.Kernel : 0];
        for (int tap = 0; tap < _taps.Length; tap++)
        {
            _taps[tap] = new PackedMatrix(spec.Filters, inputShape.Channels);
        }

        _patchOffsets = OffsetTable.Patches(inputShape, outputShape, spec.Stride);
        _pixelOffsets = OffsetTable.Regular(_pixels, spec.Filters);
        _sparse = SparseImages.Fit(spec, input) ? new SparseImages(spec, inputShape, input, Output) : null;
    }

    public override void Use(LayerTensors parameters)
    {
        float* weights = parameters.Data(0);
        _bias = parameters.Data(1);
        _sparse?.Use(weights);
        _weights.Pack(weights, _spec.Filters);
        for (int tap = 0; tap < _taps.Length; tap++)
        {
            _taps[tap].PackTransposed(weights + ((nint)tap * _inputShape.Channels * _spec.Filters), _spec.Filters);
        }
    }

    public override void Forward(int firstRow, int rows)
    {
        if (_sparse is null)
        {
            MultiplyDense(firstRow, rows);
        }
        else
        {
            for (int row = firstRow; row < firstRow + rows; row++)
            {
                if (!_sparse.TryForward(row, _bias, Floor))
                {
                    MultiplyDense(row, 1);
                }
            }
        }

        Output.Activate(firstRow, rows);
    }

    public override void AddParameterGradients(int firstRow, int rows, LayerTensors gradients)
    {
        float* weightGradients = gradients.Data(0);
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Kernels.AddRows(_pixels, Output.Gradients(row), _spec.Filters, gradients.Span(1));
            if (_sparse?.TryAddWeightGradients(row, weightGradients) != true)
            {
                AddDenseWeightGradients(row, weightGradients);
            }
        }
    }

    // Tap by tap: within one tap no two output pixels touch the same input pixel, so the sums have one fixed order.
    public override void SetInputGradients(int firstRow, int rows)
    {
        Input.GradientSpan(firstRow, rows).Clear();
        RowLayout gradients = new(Output.Gradients(firstRow), Output.Stride, _pixelOffsets.Data, _pixels);
        RowLayout target = new(Input.Gradients(firstRow), Input.Stride, _patchOffsets.Data, _pixels);
        for (int tap = 0; tap < _taps.Length; tap++)
        {
            int offset = (tap / _spec.Kernel * _patch.Stride) + (tap % _spec.Kernel * _inputShape.Channels);
            Kernels.MultiplyRowsInto(rows * _pixels, gradients, RowSegments.Contiguous(_spec.Filters), _taps[tap], target.Shifted(offset));
        }

        Input.PassActivation(firstRow, rows);
    }

    protected override void DisposeWeights()
    {
        _weights.Dispose();
        foreach (PackedMatrix tap in _taps)
        {
            tap.Dispose();
        }

        _patchOffsets.Dispose();
        _pixelOffsets.Dispose();
    }

    private void MultiplyDense(int firstRow, int rows) => Kernels.MultiplyRows(
        rows * _pixels,
        new RowLayout(Input.Values(firstRow), Input.Stride, _patchOffsets.Data, _pixels),
        _patch,
        _weights,
        _bias,
        Floor,
        new RowLayout(Output.Values(firstRow), Output.Stride, _pixelOffsets.Data, _pixels));

    private void AddDenseWeightGradients(int row, float* weightGradients)
    {
        for (int kernelRow = 0; kernelRow < _patch.Count; kernelRow++)
        {
            Kernels.AddOuterProducts(
                _pixels,
                Input.Values(row) + (kernelRow * _patch.Stride),
                _patchOffsets.Data,
                _patch.Length,
                Output.Gradients(row),
                _pixelOffsets.Data,
                _spec.Filters,
                weightGradients + ((nint)kernelRow * _patch.Length * _spec.Filters));
        }
    }
}
