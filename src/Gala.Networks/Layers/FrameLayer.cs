using Gala.Numerics;

namespace Gala.Networks;

/// <summary>The inputs through an activation, each image within a frame of zeros.</summary>
internal sealed unsafe class FrameLayer : Layer
{
    private readonly int _lines;
    private readonly int _lineLength;
    private readonly int _framedLineLength;
    private readonly int _firstLine; // in a framed image; the frame itself is zero from the start, and nobody writes it

    /// <summary>Allocates the frames.</summary>
    /// <param name="shape">Of an image.</param>
    /// <param name="frame">Its width in pixels, 0 or more.</param>
    /// <param name="activation">One that keeps zeros.</param>
    /// <param name="input">The images.</param>
    /// <param name="capacity">Number of rows.</param>
    public FrameLayer(TensorShape shape, int frame, Activation activation, RowBuffer input, int capacity)
        : base(input, NewOutput(Framed(shape, frame).Length, activation, input, capacity))
    {
        TensorShape framed = Framed(shape, frame);
        _lines = shape.Height;
        _lineLength = shape.Width * shape.Channels;
        _framedLineLength = framed.Width * framed.Channels;
        _firstLine = ((frame * framed.Width) + frame) * framed.Channels;
    }

    /// <summary>Shape of an image with its frame.</summary>
    public static TensorShape Framed(TensorShape shape, int frame) => shape with
    {
        Height = shape.Height + (2 * frame),
        Width = shape.Width + (2 * frame),
    };

    public override void Forward(int firstRow, int rows)
    {
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            for (int line = 0; line < _lines; line++)
            {
                ReadOnlySpan<float> source = new(Input.Values(row) + (line * _lineLength), _lineLength);
                Span<float> target = new(Output.Values(row) + _firstLine + (line * _framedLineLength), _lineLength);
                if (Output.Activation == Activation.Relu)
                {
                    Kernels.Rectify(source, target);
                }
                else
                {
                    source.CopyTo(target);
                }
            }
        }

        Output.Activate(firstRow, rows);
    }

    public override void SetInputGradients(int firstRow, int rows)
    {
        CopyInputGradients(firstRow, rows);
        Input.PassActivation(firstRow, rows);
    }

    /// <summary>Sets the inputs' gradients, behind the input's activation still.</summary>
    public void CopyInputGradients(int firstRow, int rows)
    {
        for (int row = firstRow; row < firstRow + rows; row++)
        {
            for (int line = 0; line < _lines; line++)
            {
                new ReadOnlySpan<float>(Output.Gradients(row) + _firstLine + (line * _framedLineLength), _lineLength)
                    .CopyTo(new Span<float>(Input.Gradients(row) + (line * _lineLength), _lineLength));
            }
        }
    }

    private static RowBuffer NewOutput(int length, Activation activation, RowBuffer input, int capacity) =>
        new(capacity, length, RowBuffer.PaddedStride(length), input.HasGradients, activation);
}
