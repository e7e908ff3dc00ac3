using Gala.Numerics;

namespace Gala.Networks;

/// <summary>y = x + conv(relu(conv(relu(x)))): the second convolution's outputs, to which the inputs are added in place.</summary>
internal sealed unsafe class ResidualLayer : Layer
{
    private const int SecondTensors = 2; // where the second convolution's begin

    private readonly FrameLayer _rectified; // framed already, so that the first convolution needs no copy of its own
    private readonly ConvolutionLayer _first;
    private readonly ConvolutionLayer _second;

    private ResidualLayer(RowBuffer input, FrameLayer rectified, ConvolutionLayer first, ConvolutionLayer second)
        : base(input, second.Output) => (_rectified, _first, _second) = (rectified, first, second);

    public static ResidualLayer Create(TensorShape shape, RowBuffer input, int capacity, int threads)
    {
        (ConvolutionSpec firstSpec, ConvolutionSpec secondSpec) = (ResidualSpec.First(shape.Channels), ResidualSpec.Second(shape.Channels));
        FrameLayer rectified = new(shape, firstSpec.Padding, Activation.Relu, input, capacity);
        ConvolutionLayer first = new(
            firstSpec with { Padding = 0 }, FrameLayer.Framed(shape, firstSpec.Padding), rectified.Output, capacity, threads);
        return new ResidualLayer(input, rectified, first, new ConvolutionLayer(secondSpec, shape, first.Output, capacity, threads));
    }

    public override void Use(LayerTensors parameters)
    {
        _first.Use(parameters);
        _second.Use(parameters.From(SecondTensors));
    }

    public override void Forward(int firstRow, int rows, int worker)
    {
        _rectified.Forward(firstRow, rows, worker);
        _first.Forward(firstRow, rows, worker);
        _second.Forward(firstRow, rows, worker);
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Kernels.Add(new Span<float>(Output.Values(row), Output.Length), new ReadOnlySpan<float>(Input.Values(row), Input.Length));
        }
    }

    public override void SetInnerGradients(int firstRow, int rows, int worker) => _second.SetInputGradients(firstRow, rows, worker);

    public override void SetInputGradients(int firstRow, int rows, int worker)
    {
        _first.SetInputGradients(firstRow, rows, worker);
        _rectified.CopyInputGradients(firstRow, rows);
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            Kernels.Add(new Span<float>(Input.Gradients(row), Input.Length), new ReadOnlySpan<float>(Output.Gradients(row), Output.Length));
        }

        Input.PassActivation(firstRow, rows);
    }

    public override void AddParameterGradients(int firstRow, int rows, LayerTensors gradients, Share share)
    {
        _first.AddParameterGradients(firstRow, rows, gradients, share);
        _second.AddParameterGradients(firstRow, rows, gradients.From(SecondTensors), share);
    }

    public override void CollectParameterGradients(LayerTensors gradients, Share share)
    {
        _first.CollectParameterGradients(gradients, share);
        _second.CollectParameterGradients(gradients.From(SecondTensors), share);
    }

    public override void FinishParameterGradients(LayerTensors gradients)
    {
        _first.FinishParameterGradients(gradients);
        _second.FinishParameterGradients(gradients.From(SecondTensors));
    }

    protected override void DisposeWeights()
    {
        _rectified.Dispose();
        _first.Dispose();
        _second.Dispose();
    }
}
