namespace Gala.Numerics.Tests.Sparse;

/// <summary>A random convolution of an image with a given number of nonzero elements.</summary>
internal sealed class Convolution : IDisposable
{
    public Convolution(TensorShape input, int kernel, int stride, int filters, int nonzeros)
    {
        int height = ((input.Height - kernel) / stride) + 1, width = ((input.Width - kernel) / stride) + 1;
        Pixels = height * width;
        Patch = new RowSegments(kernel, kernel * input.Channels, input.Width * input.Channels);
        Taps = new TapTable(input, kernel, stride, filters);
        Weights = GuardedBuffer.Input(Patch.TotalLength * filters, seed: 2);
        PatchOffsets = new AlignedBuffer<int>(Pixels);
        PixelOffsets = new AlignedBuffer<int>(Pixels);
        for (int pixel = 0; pixel < Pixels; pixel++)
        {
            PatchOffsets.Span[pixel] = ((pixel / width * stride * input.Width) + (pixel % width * stride)) * input.Channels;
            PixelOffsets.Span[pixel] = pixel * filters;
        }

        int[] places = [.. Enumerable.Range(0, input.Length)];
        new Random(1).Shuffle(places);
        Nonzeros = [.. places.Take(nonzeros).Order()];
        Image = GuardedBuffer.Input(input.Length, seed: 1);
        foreach (int place in places.Skip(nonzeros))
        {
            Image.Span[place] = 0;
        }
    }

    public int Pixels { get; }

    public RowSegments Patch { get; }

    public TapTable Taps { get; }

    public GuardedBuffer Image { get; }

    public int[] Nonzeros { get; }

    public GuardedBuffer Weights { get; }

    public AlignedBuffer<int> PatchOffsets { get; }

    public AlignedBuffer<int> PixelOffsets { get; }

    public void Dispose()
    {
        Image.Dispose();
        Weights.Dispose();
        PatchOffsets.Dispose();
        PixelOffsets.Dispose();
    }
}
