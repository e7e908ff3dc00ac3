using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A convolution on channels-last images: images that are mostly zeros go a short way, the others the way that suits the layer's shape.</summary>
internal sealed unsafe class ConvolutionLayer : Layer
{
    private readonly ConvolutionSpec _spec;
    private readonly int _pixels;
    private readonly FrameLayer? _frame; // the padding
    private readonly ConvolutionMethod _method;
    private readonly SparseImages? _sparse;
    private float* _bias;

    public ConvolutionLayer(ConvolutionSpec spec, TensorShape inputShape, RowBuffer input, int capacity, int threads)
        : this(spec, inputShape, spec.OutputShape(inputShape), input, capacity, threads)
    {
    }

    private ConvolutionLayer(ConvolutionSpec spec, TensorShape inputShape, TensorShape outputShape, RowBuffer input, int capacity, int threads)
        : base(input, new RowBuffer(capacity, outputShape.Length, RowBuffer.PaddedStride(outputShape.Length), hasGradients: true, spec.Activation))
    {
        _spec = spec;
        _pixels = outputShape.Height * outputShape.Width;
        if (spec.Padding > 0)
        {
            _frame = new FrameLayer(inputShape, spec.Padding, Activation.None, input, capacity);
            (spec, inputShape, input) = (spec with { Padding = 0 }, FrameLayer.Framed(inputShape, spec.Padding), _frame.Output);
        }

        _method = WinogradConvolution.CreateIfFaster(spec, inputShape, input, Output, threads)
            ?? (ConvolutionMethod)new PatchConvolution(spec, inputShape, input, Output);
        _sparse = SparseImages.Fit(spec, input) ? new SparseImages(spec, inputShape, input, Output, threads) : null;
    }

    public override void Use(LayerTensors parameters)
    {
        float* weights = parameters.Data(0);
        _bias = parameters.Data(1);
        _sparse?.Use(weights);
        _method.Use(weights);
    }

    // In each pass a sparse row goes its own short way, and the rows between two of them go the plain way together.
    public override void Forward(int firstRow, int rows, int worker)
    {
        _frame?.Forward(firstRow, rows, worker);
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            _sparse?.Look(row);
            if (_sparse?.Takes(row) == true)
            {
                _method.Forward(plain, row - plain, _bias, Floor, worker);
                _sparse.Forward(row, _bias, Floor);
                plain = row + 1;
            }
        }

        _method.Forward(plain, firstRow + rows - plain, _bias, Floor, worker);
        Output.Activate(firstRow, rows);
    }

    public override void AddParameterGradients(int firstRow, int rows, LayerTensors gradients, Share share)
    {
        float* weightGradients = gradients.Data(0);
        (int firstFilter, int filters) = share.Of(_spec.Filters, SimdWidth.Widest.Lanes);
        Span<float> biasGradients = gradients.Span(1).Slice(firstFilter, filters);
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Kernels.AddRows(_pixels, Output.Gradients(row) + firstFilter, _spec.Filters, biasGradients);
            if (_sparse?.Takes(row) == true)
            {
                _method.AddWeightGradients(plain, row - plain, weightGradients, share);
                _sparse.AddWeightGradients(row, share);
                plain = row + 1;
            }
        }

        _method.AddWeightGradients(plain, firstRow + rows - plain, weightGradients, share);
    }

    public override void CollectParameterGradients(LayerTensors gradients, Share share) =>
        _method.CollectWeightGradients(gradients.Data(0), share);

    public override void FinishParameterGradients(LayerTensors gradients) => _sparse?.FinishWeightGradients(gradients.Data(0));

    public override void SetInputGradients(int firstRow, int rows, int worker)
    {
        _method.SetInputGradients(firstRow, rows, worker);
        _frame?.CopyInputGradients(firstRow, rows);
        Input.PassActivation(firstRow, rows);
    }

    protected override void DisposeWeights()
    {
        _frame?.Dispose();
        _method.Dispose();
        _sparse?.Dispose();
    }
}
