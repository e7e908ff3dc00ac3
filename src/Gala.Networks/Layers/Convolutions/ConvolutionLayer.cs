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

    public ConvolutionLayer(ConvolutionSpec spec, TensorShape inputShape, RowBuffer input, int capacity)
        : this(spec, inputShape, spec.OutputShape(inputShape), input, capacity)
    {
    }

    private ConvolutionLayer(ConvolutionSpec spec, TensorShape inputShape, TensorShape outputShape, RowBuffer input, int capacity)
        : base(input, new RowBuffer(capacity, outputShape.Length, RowBuffer.PaddedStride(outputShape.Length), hasGradients: true, spec.Activation))
    {
        _spec = spec;
        _pixels = outputShape.Height * outputShape.Width;
        if (spec.Padding > 0)
        {
            _frame = new FrameLayer(inputShape, spec.Padding, Activation.None, input, capacity);
            (spec, inputShape, input) = (spec with { Padding = 0 }, FrameLayer.Framed(inputShape, spec.Padding), _frame.Output);
        }

        _method = WinogradConvolution.Pays(spec, inputShape)
            ? new WinogradConvolution(spec, inputShape, input, Output)
            : new PatchConvolution(spec, inputShape, input, Output);
        _sparse = SparseImages.Fit(spec, input) ? new SparseImages(spec, inputShape, input, Output) : null;
    }

    public override void Use(LayerTensors parameters)
    {
        float* weights = parameters.Data(0);
        _bias = parameters.Data(1);
        _sparse?.Use(weights);
        _method.Use(weights);
    }

    // In each pass a sparse row goes its own short way, and the rows between two of them go the plain way together.
    public override void Forward(int firstRow, int rows)
    {
        _frame?.Forward(firstRow, rows);
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            _sparse?.Look(row);
            if (_sparse?.Takes(row) == true)
            {
                _method.Forward(plain, row - plain, _bias, Floor);
                _sparse.Forward(row, _bias, Floor);
                plain = row + 1;
            }
        }

        _method.Forward(plain, firstRow + rows - plain, _bias, Floor);
        Output.Activate(firstRow, rows);
    }

    public override void AddParameterGradients(int firstRow, int rows, LayerTensors gradients)
    {
        float* weightGradients = gradients.Data(0);
        int plain = firstRow;
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Kernels.AddRows(_pixels, Output.Gradients(row), _spec.Filters, gradients.Span(1));
            if (_sparse?.Takes(row) == true)
            {
                _method.AddWeightGradients(plain, row - plain, weightGradients);
                _sparse.AddWeightGradients(row);
                plain = row + 1;
            }
        }

        _method.AddWeightGradients(plain, firstRow + rows - plain, weightGradients);
        _method.FinishWeightGradients(weightGradients);
        _sparse?.FinishWeightGradients(weightGradients);
    }

    public override void SetInputGradients(int firstRow, int rows)
    {
        _method.SetInputGradients(firstRow, rows);
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
