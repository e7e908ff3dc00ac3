namespace Gala.Numerics;

/// <summary>The square windows into which pooling cuts channels-last images.</summary>
public sealed class PoolingWindows
{
    private readonly int _kernel;
    private readonly int _stride;
    private readonly int _padding;

    /// <summary>Windows whose first starts <paramref name="padding"/> pixels before the image's first.</summary>
    /// <param name="input">Shape of an image.</param>
    /// <param name="kernel">Height and width of a window, in pixels.</param>
    /// <param name="stride">Pixels from window to window, at least 1.</param>
    /// <param name="padding">Pixels by which windows may reach over each edge; less than <paramref name="kernel"/>, so that every window
    /// covers some pixel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not in its range.</exception>
    /// <exception cref="ArgumentException">The image is smaller than a window.</exception>
    public PoolingWindows(TensorShape input, int kernel, int stride, int padding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(padding, kernel);
        (Input, _kernel, _stride, _padding) = (input, kernel, stride, padding);
        if (Math.Min(input.Height, input.Width) + (2 * padding) < kernel)
        {
            throw new ArgumentException(
                $"Pooling of {kernel}x{kernel} pixels needs an input of at least {kernel - (2 * padding)} pixels each way, but gets {input}.", nameof(input));
        }

        Output = new TensorShape(Count(input.Height), Count(input.Width), input.Channels);
    }

    /// <summary>Shape of an image.</summary>
    public TensorShape Input { get; }

    /// <summary>Windows down and across, and channels.</summary>
    public TensorShape Output { get; }

    /// <summary>The pixels of the image, from First to before End, that window <paramref name="index"/> covers in one dimension.</summary>
    internal (int First, int End) Range(int index, int size)
    {
        int first = (index * _stride) - _padding;
        return (Math.Max(first, 0), Math.Min(first + _kernel, size));
    }

    private int Count(int size) => ((size + (2 * _padding) - _kernel) / _stride) + 1;
}
