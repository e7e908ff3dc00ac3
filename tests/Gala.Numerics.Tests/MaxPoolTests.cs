namespace Gala.Numerics.Tests;

public sealed unsafe class MaxPoolTests
{
    public static TheoryData<int, int, int, int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int, int, int, int> shapes = new()
            {
                { 1, 1, 3, 3, 2, 1 },
                { 10, 10, 16, 3, 2, 1 },
                { 7, 5, 20, 3, 2, 1 },
                { 6, 9, 17, 2, 2, 0 },
                { 9, 6, 5, 3, 3, 2 },
                { 4, 4, 32, 4, 1, 0 },
            };
            for (int channels = 1; channels <= 33; channels++)
            {
                shapes.Add(5, 4, channels, 3, 2, 1);
            }

            return shapes;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void MaxPool_AnyShape_TakesTheFirstOfTheLargest(int height, int width, int channels, int kernel, int stride, int padding)
    {
        PoolingWindows windows = new(new TensorShape(height, width, channels), kernel, stride, padding);
        using GuardedBuffer image = Coarse(windows.Input.Length);
        using GuardedBuffer outputs = GuardedBuffer.Output(windows.Output.Length);
        using GuardedBuffer winners = GuardedBuffer.Output(windows.Output.Length);
        Kernels.MaxPool(image.Data, windows, outputs.Data, (int*)winners.Data);
        (float[] expected, int[] pixels) = Reference(image, windows, kernel, stride, padding);
        Assert.Equal(expected, outputs.Span.ToArray());
        Assert.Equal(pixels, new Span<int>(winners.Data, pixels.Length).ToArray());
        outputs.AssertMarginsUntouched();
        winners.AssertMarginsUntouched();
    }

    [Theory, MemberData(nameof(Shapes))]
    public void AddMaxPoolGradients_AnyShape_AddsEachToItsWinner(int height, int width, int channels, int kernel, int stride, int padding)
    {
        PoolingWindows windows = new(new TensorShape(height, width, channels), kernel, stride, padding);
        using GuardedBuffer image = Coarse(windows.Input.Length);
        using GuardedBuffer gradients = GuardedBuffer.Input(windows.Output.Length, seed: 2);
        using GuardedBuffer imageGradients = GuardedBuffer.Output(windows.Input.Length);
        imageGradients.Span.Fill(0.5f);
        int[] winners = Reference(image, windows, kernel, stride, padding).Pixels;
        fixed (int* pixels = winners)
        {
            Kernels.AddMaxPoolGradients(gradients.Data, pixels, windows, imageGradients.Data);
        }

        float[] expected = new float[windows.Input.Length];
        Array.Fill(expected, 0.5f);
        for (int i = 0; i < winners.Length; i++)
        {
            expected[(winners[i] * channels) + (i % channels)] += gradients.Span[i];
        }

        Assert.Equal(expected, imageGradients.Span.ToArray());
        imageGradients.AssertMarginsUntouched();
    }

    [Theory]
    [InlineData(84, 42)]
    [InlineData(21, 11)]
    [InlineData(10, 5)]
    [InlineData(1, 1)]
    public void PoolingWindows_ThreeByTwoPaddedByOne_HalveTheSideRoundedUp(int side, int half)
    {
        PoolingWindows windows = new(new TensorShape(side, side, 2), kernel: 3, stride: 2, padding: 1);
        Assert.Equal(new TensorShape(half, half, 2), windows.Output);
    }

    [Theory]
    [InlineData(0)] // in the vector
    [InlineData(16)] // behind it
    public void MaxPool_NotANumber_ReachesTheWindowsThatHoldIt(int channel)
    {
        const int Channels = 17;
        PoolingWindows windows = new(new TensorShape(7, 1, Channels), kernel: 3, stride: 2, padding: 1); // -1 to 1, 1 to 3, 3 to 5, 5 to 7
        using GuardedBuffer image = Coarse(windows.Input.Length);
        image.Span[(3 * Channels) + channel] = float.NaN;
        using GuardedBuffer outputs = GuardedBuffer.Output(windows.Output.Length);
        int* winners = stackalloc int[windows.Output.Length];
        Kernels.MaxPool(image.Data, windows, outputs.Data, winners);
        int[] lost = [.. Enumerable.Range(0, outputs.Length).Where(i => float.IsNaN(outputs.Data[i]))];
        Assert.Equal([Channels + channel, (2 * Channels) + channel], lost);
    }

    [Fact]
    public void PoolingWindows_ImageSmallerThanAWindow_ThrowsNamingBoth()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new PoolingWindows(new TensorShape(4, 2, 3), kernel: 5, stride: 1, padding: 1));
        Assert.Contains("at least 3 pixels each way, but gets 4x2x3", error.Message, StringComparison.Ordinal);
    }

    // Few values, so that windows have equals in them.
    private static GuardedBuffer Coarse(int length)
    {
        GuardedBuffer buffer = GuardedBuffer.Input(length, seed: 1);
        foreach (ref float element in buffer.Span)
        {
            element = MathF.Round(4 * element) / 4;
        }

        return buffer;
    }

    private static (float[] Values, int[] Pixels) Reference(GuardedBuffer image, PoolingWindows windows, int kernel, int stride, int padding)
    {
        (TensorShape input, TensorShape output) = (windows.Input, windows.Output);
        float[] values = new float[output.Length];
        int[] pixels = new int[output.Length];
        Array.Fill(values, float.NegativeInfinity);
        for (int i = 0; i < values.Length; i++)
        {
            (int y, int x) = (i / output.Channels / output.Width * stride, i / output.Channels % output.Width * stride);
            for (int w = 0; w < kernel * kernel; w++)
            {
                (int line, int column) = (y + (w / kernel) - padding, x + (w % kernel) - padding);
                if (line < 0 || column < 0 || line >= input.Height || column >= input.Width)
                {
                    continue;
                }

                float value = image.Span[(((line * input.Width) + column) * input.Channels) + (i % input.Channels)];
                if (value > values[i])
                {
                    (values[i], pixels[i]) = (value, (line * input.Width) + column);
                }
            }
        }

        return (values, pixels);
    }
}
