using Gala.Numerics;

namespace Gala.Networks;

/// <summary>Tables of offsets in floats, for the kernels that read rows from anywhere.</summary>
internal static class OffsetTable
{
    /// <summary>0, stride, 2 · stride, …</summary>
    public static AlignedBuffer<int> Regular(int count, int stride)
    {
        AlignedBuffer<int> table = new(count);
        for (int i = 0; i < count; i++)
        {
            table.Span[i] = checked(i * stride);
        }

        return table;
    }

    /// <summary>Where the patch of each output pixel starts in its image.</summary>
    public static AlignedBuffer<int> Patches(TensorShape input, TensorShape output, int stride)
    {
        AlignedBuffer<int> table = new(output.Height * output.Width);
        for (int pixel = 0; pixel < table.Length; pixel++)
        {
            (int y, int x) = (pixel / output.Width * stride, pixel % output.Width * stride);
            table.Span[pixel] = ((y * input.Width) + x) * input.Channels;
        }

        return table;
    }
}
