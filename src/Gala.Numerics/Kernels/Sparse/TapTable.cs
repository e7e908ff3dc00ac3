namespace Gala.Numerics;

/// <summary>Which output pixels of a convolution without padding an input pixel takes part in, and through which tap of the kernel.</summary>
/// <remarks>Offsets are in floats: outputs of shape [pixels, filters], weights of shape [kernel, kernel, channels, filters].</remarks>
public sealed class TapTable
{
    private readonly int[] _starts; // by input pixel, into the two lists below
    private readonly int[] _outputs;
    private readonly int[] _weights;

    /// <summary>Lists the taps of every input pixel.</summary>
    /// <param name="input">Shape of an image.</param>
    /// <param name="kernel">Height and width of the kernel.</param>
    /// <param name="stride">Input pixels between output pixels.</param>
    /// <param name="filters">Channels of the output.</param>
    public TapTable(TensorShape input, int kernel, int stride, int filters)
    {
        (Channels, Filters) = (input.Channels, filters);
        int height = ((input.Height - kernel) / stride) + 1;
        int width = ((input.Width - kernel) / stride) + 1;
        OutputLength = height * width * filters;
        List<int> outputs = [];
        List<int> weights = [];
        _starts = new int[(input.Height * input.Width) + 1];
        for (int pixel = 0; pixel < input.Height * input.Width; pixel++)
        {
            (int y, int x) = (pixel / input.Width, pixel % input.Width);
            for (int tap = 0; tap < kernel * kernel; tap++)
            {
                (int top, int left) = (y - (tap / kernel), x - (tap % kernel));
                if (top >= 0 && left >= 0 && top % stride == 0 && left % stride == 0 && top / stride < height && left / stride < width)
                {
                    outputs.Add(((top / stride * width) + (left / stride)) * filters);
                    weights.Add(tap * input.Channels * filters);
                }
            }

            _starts[pixel + 1] = outputs.Count;
        }

        (_outputs, _weights) = ([.. outputs], [.. weights]);
    }

    /// <summary>Channels of the input.</summary>
    public int Channels { get; }

    /// <summary>Channels of the output.</summary>
    public int Filters { get; }

    /// <summary>Floats of one output image.</summary>
    public int OutputLength { get; }

    /// <summary>By input pixel, where its taps start in the two lists below; one more entry ends the last.</summary>
    internal ReadOnlySpan<int> Starts => _starts;

    /// <summary>Offsets into the outputs, tap by tap.</summary>
    internal ReadOnlySpan<int> Outputs => _outputs;

    /// <summary>Offsets into the weights of the first channel, tap by tap.</summary>
    internal ReadOnlySpan<int> Weights => _weights;
}
