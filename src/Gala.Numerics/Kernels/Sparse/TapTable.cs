namespace Gala.Numerics;

/// <summary>Which output pixels of a convolution without padding an input pixel takes part in, and through which weights.</summary>
/// <remarks>An input pixel meets, for each row of the kernel, a run of neighbouring output pixels. With the weights of a channel laid
/// out in the order of such runs, right to left, a run is one stretch of memory on both sides.</remarks>
public sealed unsafe class TapTable
{
    private readonly int[] _starts; // by input pixel, into the three lists below
    private readonly int[] _outputs;
    private readonly int[] _weights;
    private readonly int[] _lengths;
    private readonly int[] _order; // the tap at each place of a channel's laid out weights

    /// <summary>Lists the runs of every input pixel.</summary>
    /// <param name="input">Shape of an image.</param>
    /// <param name="kernel">Height and width of the kernel.</param>
    /// <param name="stride">Input pixels between output pixels.</param>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="share">Lists only what a share of the taps takes part in, so that threads can sum gradients of weights side by side;
    /// all taps if null.</param>
    public TapTable(TensorShape input, int kernel, int stride, int filters, Share? share = null)
    {
        (Channels, Filters, Taps) = (input.Channels, filters, kernel * kernel);
        (int firstPlace, int places) = (share ?? Share.Whole).Of(Taps);
        int height = ((input.Height - kernel) / stride) + 1;
        int width = ((input.Width - kernel) / stride) + 1;
        OutputLength = height * width * filters;
        _order = [.. Enumerable.Range(0, Taps).OrderBy(tap => tap / kernel).ThenBy(tap => tap % kernel % stride).ThenByDescending(tap => tap % kernel)];
        List<int> outputs = [];
        List<int> weights = [];
        List<int> lengths = [];
        _starts = new int[(input.Height * input.Width) + 1];
        for (int pixel = 0; pixel < input.Height * input.Width; pixel++)
        {
            (int y, int x) = (pixel / input.Width, pixel % input.Width);
            for (int row = 0; row < kernel; row++)
            {
                int[] columns = [.. Enumerable.Range(0, kernel).Where(column => Meets(y - row, stride, height) && Meets(x - column, stride, width))];
                if (columns.Length == 0)
                {
                    continue;
                }

                int rightmost = columns[^1];
                int place = Array.IndexOf(_order, (row * kernel) + rightmost);
                (int first, int end) = (Math.Max(place, firstPlace), Math.Min(place + columns.Length, firstPlace + places));
                if (first < end)
                {
                    outputs.Add((((y - row) / stride * width) + ((x - rightmost) / stride) + first - place) * filters);
                    weights.Add(first * filters);
                    lengths.Add((end - first) * filters);
                }
            }

            _starts[pixel + 1] = outputs.Count;
        }

        (_outputs, _weights, _lengths) = ([.. outputs], [.. weights], [.. lengths]);
    }

    /// <summary>Channels of the input.</summary>
    public int Channels { get; }

    /// <summary>Channels of the output.</summary>
    public int Filters { get; }

    /// <summary>Floats of one output image.</summary>
    public int OutputLength { get; }

    /// <summary>Floats of all weights.</summary>
    public int WeightLength => Channels * ChannelLength;

    /// <summary>Floats of the weights of one channel.</summary>
    internal int ChannelLength => Taps * Filters;

    /// <summary>By input pixel, where its runs start in the lists below; one more entry ends the last.</summary>
    internal ReadOnlySpan<int> Starts => _starts;

    /// <summary>Offset into the outputs, run by run.</summary>
    internal ReadOnlySpan<int> Outputs => _outputs;

    /// <summary>Offset into the laid out weights of a channel, run by run.</summary>
    internal ReadOnlySpan<int> Weights => _weights;

    /// <summary>Floats, run by run.</summary>
    internal ReadOnlySpan<int> Lengths => _lengths;

    private int Taps { get; }

    /// <summary>Lays weights out in the order of the runs.</summary>
    /// <param name="weights">Shape [kernel, kernel, channels, filters]. Owned by the caller.</param>
    /// <param name="laidOut">Same length; written. Owned by the caller.</param>
    public void LayOut(float* weights, float* laidOut)
    {
        for (int i = 0; i < Channels * Taps; i++)
        {
            new ReadOnlySpan<float>(weights + Place(i), Filters).CopyTo(new Span<float>(laidOut + ((nint)i * Filters), Filters));
        }
    }

    /// <summary>Adds what lies in the order of the runs to weights.</summary>
    /// <param name="laidOut">Owned by the caller.</param>
    /// <param name="weights">Shape [kernel, kernel, channels, filters]; updated. Owned by the caller.</param>
    public void AddBack(float* laidOut, float* weights)
    {
        for (int i = 0; i < Channels * Taps; i++)
        {
            for (int filter = 0; filter < Filters; filter++)
            {
                weights[Place(i) + filter] += laidOut[((nint)i * Filters) + filter];
            }
        }
    }

    private static bool Meets(int distance, int stride, int outputs) => distance >= 0 && distance % stride == 0 && distance / stride < outputs;

    private nint Place(int laidOut) => (((nint)_order[laidOut % Taps] * Channels) + (laidOut / Taps)) * Filters;
}
