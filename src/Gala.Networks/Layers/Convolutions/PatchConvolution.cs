using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A convolution as a product of patches with weights, without copying them: a patch is one run of floats for each row of the kernel.</summary>
internal sealed unsafe class PatchConvolution : ConvolutionMethod
{
    private readonly ConvolutionSpec _spec;
    private readonly int _channels;
    private readonly RowBuffer _input;
    private readonly RowBuffer _output;
    private readonly int _pixels;
    private readonly RowSegments _patch;
    private readonly PackedMatrix _weights;
    private readonly PackedMatrix[] _taps;
    private readonly AlignedBuffer<int> _patchOffsets;
    private readonly AlignedBuffer<int> _pixelOffsets;

    public PatchConvolution(ConvolutionSpec spec, TensorShape inputShape, RowBuffer input, RowBuffer output)
    {
        (_spec, _channels, _input, _output) = (spec, inputShape.Channels, input, output);
        TensorShape outputShape = spec.OutputShape(inputShape);
        _pixels = outputShape.Height * outputShape.Width;
        _patch = new RowSegments(spec.Kernel, spec.Kernel * inputShape.Channels, inputShape.Width * inputShape.Channels);
        _weights = new PackedMatrix(_patch.TotalLength, spec.Filters);
        _taps = new PackedMatrix[input.HasGradients ? spec.Kernel * spec.Kernel : 0];
        for (int tap = 0; tap < _taps.Length; tap++)
        {
            _taps[tap] = new PackedMatrix(spec.Filters, _channels);
        }

        _patchOffsets = OffsetTable.Patches(inputShape, outputShape, spec.Stride);
        _pixelOffsets = OffsetTable.Regular(_pixels, spec.Filters);
    }

    public override void Use(float* weights)
    {
        _weights.Pack(weights, _spec.Filters);
        for (int tap = 0; tap < _taps.Length; tap++)
        {
            _taps[tap].PackTransposed(weights + ((nint)tap * _channels * _spec.Filters), _spec.Filters);
        }
    }

    public override void Forward(int firstRow, int rows, float* bias, float floor, int worker) => Kernels.MultiplyRows(
        rows * _pixels,
        new RowLayout(_input.Values(firstRow), _input.Stride, _patchOffsets.Data, _pixels),
        _patch,
        _weights,
        bias,
        floor,
        new RowLayout(_output.Values(firstRow), _output.Stride, _pixelOffsets.Data, _pixels));

    // Tap by tap: within one tap no two output pixels touch the same input pixel, so the sums have one fixed order.
    public override void SetInputGradients(int firstRow, int rows, int worker)
    {
        _input.GradientSpan(firstRow, rows).Clear();
        RowLayout gradients = new(_output.Gradients(firstRow), _output.Stride, _pixelOffsets.Data, _pixels);
        RowLayout target = new(_input.Gradients(firstRow), _input.Stride, _patchOffsets.Data, _pixels);
        for (int tap = 0; tap < _taps.Length; tap++)
        {
            int offset = (tap / _spec.Kernel * _patch.Stride) + (tap % _spec.Kernel * _channels);
            Kernels.MultiplyRowsInto(rows * _pixels, gradients, RowSegments.Contiguous(_spec.Filters), _taps[tap], target.Shifted(offset));
        }
    }

    // A share is a stretch of the patches' elements.
    public override void AddWeightGradients(int firstRow, int rows, float* weightGradients, Share share)
    {
        (int first, int length) = share.Of(_patch.TotalLength, Kernels.OuterProductTile);
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            for (int kernelRow = first / _patch.Length; kernelRow * _patch.Length < first + length; kernelRow++)
            {
                int start = Math.Max(first - (kernelRow * _patch.Length), 0);
                int end = Math.Min(first + length - (kernelRow * _patch.Length), _patch.Length);
                Kernels.AddOuterProducts(
                    _pixels,
                    _input.Values(row) + (kernelRow * _patch.Stride) + start,
                    _patchOffsets.Data,
                    end - start,
                    _output.Gradients(row),
                    _pixelOffsets.Data,
                    _spec.Filters,
                    weightGradients + (((nint)(kernelRow * _patch.Length) + start) * _spec.Filters));
            }
        }
    }

    public override void Dispose()
    {
        _weights.Dispose();
        foreach (PackedMatrix tap in _taps)
        {
            tap.Dispose();
        }

        _patchOffsets.Dispose();
        _pixelOffsets.Dispose();
    }
}
