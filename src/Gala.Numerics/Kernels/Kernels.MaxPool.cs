using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    /// <summary>y ← max of each channel over each window, and which pixel it came from: the first of equals, line by line.</summary>
    /// <param name="image">Shape <see cref="PoolingWindows.Input"/>. Owned by the caller, as the others are.</param>
    /// <param name="windows">Where the windows lie.</param>
    /// <param name="outputs">y, shape <see cref="PoolingWindows.Output"/>; written.</param>
    /// <param name="winners">Number of the pixel, its line · width + its column, for each output; written.</param>
    /// <remarks>A window that holds NaN has NaN. The same bits for every vector width. Allocates nothing.</remarks>
    public static void MaxPool(float* image, PoolingWindows windows, float* outputs, int* winners)
    {
        (int channels, int width) = (windows.Input.Channels, windows.Input.Width);
        int whole = Lanes.Whole(channels);
        for (int y = 0; y < windows.Output.Height; y++)
        {
            (int top, int bottom) = windows.Range(y, windows.Input.Height);
            for (int x = 0; x < windows.Output.Width; x++)
            {
                (int left, int right) = windows.Range(x, width);
                for (int channel = 0; channel < whole; channel += Lanes.Count)
                {
                    int pixel = (top * width) + left;
                    Vector512<float> largest = Vector512.Load(image + ((nint)pixel * channels) + channel);
                    Vector512<int> winner = Vector512.Create(pixel);
                    for (int line = top; line < bottom; line++)
                    {
                        for (pixel = (line * width) + left; pixel < (line * width) + right; pixel++)
                        {
                            Vector512<float> candidate = Vector512.Load(image + ((nint)pixel * channels) + channel);
                            Vector512<float> wins = Vector512.GreaterThan(candidate, largest) | ~Vector512.Equals(candidate, candidate);
                            largest = Vector512.ConditionalSelect(wins, candidate, largest);
                            winner = Vector512.ConditionalSelect(wins.AsInt32(), Vector512.Create(pixel), winner);
                        }
                    }

                    largest.Store(outputs + channel);
                    winner.Store(winners + channel);
                }

                for (int channel = whole; channel < channels; channel++)
                {
                    int winner = (top * width) + left;
                    for (int line = top; line < bottom; line++)
                    {
                        for (int pixel = (line * width) + left; pixel < (line * width) + right; pixel++)
                        {
                            float candidate = image[((nint)pixel * channels) + channel];
                            winner = candidate > image[((nint)winner * channels) + channel] || float.IsNaN(candidate) ? pixel : winner;
                        }
                    }

                    (outputs[channel], winners[channel]) = (image[((nint)winner * channels) + channel], winner);
                }

                outputs += channels;
                winners += channels;
            }
        }
    }

    /// <summary>∂L/∂x ← ∂L/∂x + ∂L/∂y at the pixel that won each window.</summary>
    /// <param name="outputGradients">∂L/∂y, shape <see cref="PoolingWindows.Output"/>. Owned by the caller, as the others are.</param>
    /// <param name="winners">As <see cref="MaxPool"/> wrote them.</param>
    /// <param name="windows">Where the windows lie.</param>
    /// <param name="imageGradients">∂L/∂x, shape <see cref="PoolingWindows.Input"/>; updated.</param>
    /// <remarks>Each sum is in the order of the windows. The same bits for every vector width. Allocates nothing.</remarks>
    public static void AddMaxPoolGradients(float* outputGradients, int* winners, PoolingWindows windows, float* imageGradients)
    {
        (int channels, int width) = (windows.Input.Channels, windows.Input.Width);
        int whole = Lanes.Whole(channels);
        for (int y = 0; y < windows.Output.Height; y++)
        {
            (int top, int bottom) = windows.Range(y, windows.Input.Height);
            for (int x = 0; x < windows.Output.Width; x++)
            {
                (int left, int right) = windows.Range(x, width);
                for (int channel = 0; channel < whole; channel += Lanes.Count)
                {
                    Vector512<float> gradient = Vector512.Load(outputGradients + channel);
                    Vector512<int> winner = Vector512.Load(winners + channel);
                    for (int line = top; line < bottom; line++)
                    {
                        for (int pixel = (line * width) + left; pixel < (line * width) + right; pixel++)
                        {
                            float* target = imageGradients + ((nint)pixel * channels) + channel;
                            Vector512<float> share = Vector512.Equals(winner, Vector512.Create(pixel)).AsSingle() & gradient;
                            (Vector512.Load(target) + share).Store(target);
                        }
                    }
                }

                for (int channel = whole; channel < channels; channel++)
                {
                    imageGradients[((nint)winners[channel] * channels) + channel] += outputGradients[channel];
                }

                outputGradients += channels;
                winners += channels;
            }
        }
    }
}
