using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Convolutions that visit only the inputs that are not zero: in board-like observations nine of ten are.</summary>
internal static unsafe class SparseConvolution<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static void Forward(
        float* image, ReadOnlySpan<int> nonzeros, TapTable taps, float* weights, float* bias, float floor, float* target)
    {
        int filters = taps.Filters;
        for (int i = 0; i < taps.OutputLength; i += filters)
        {
            Buffer.MemoryCopy(bias, target + i, filters * sizeof(float), filters * sizeof(float));
        }

        fixed (int* indices = nonzeros, starts = taps.Starts, outputs = taps.Outputs, offsets = taps.Weights)
        {
            Scatter(image, indices, nonzeros.Length, taps.Channels, filters, starts, weights, offsets, target, outputs);
        }

        Raise(target, taps.OutputLength, floor);
    }

    public static void AddWeightGradients(float* image, ReadOnlySpan<int> nonzeros, TapTable taps, float* gradients, float* weightGradients)
    {
        fixed (int* indices = nonzeros, starts = taps.Starts, outputs = taps.Outputs, offsets = taps.Weights)
        {
            Gather(image, indices, nonzeros.Length, taps.Channels, taps.Filters, starts, gradients, outputs, weightGradients, offsets);
        }
    }

    /// <summary>outputs[tap] += x · weights[tap, channel] for each nonzero x and each tap that it takes part in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(
        float* image, int* indices, int count, int channels, int filters, int* starts, float* weights, int* weightOffsets, float* target, int* targetOffsets)
    {
        for (int i = 0; i < count; i++)
        {
            int element = indices[i];
            int pixel = element / channels;
            float* source = weights + ((nint)(element - (pixel * channels)) * filters);
            for (int tap = starts[pixel]; tap < starts[pixel + 1]; tap++)
            {
                AddRun(image + element, source + weightOffsets[tap], target + targetOffsets[tap], filters);
            }
        }
    }

    /// <summary>weights[tap, channel] += x · outputs[tap] for each nonzero x and each tap that it takes part in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(
        float* image, int* indices, int count, int channels, int filters, int* starts, float* outputs, int* outputOffsets, float* weights, int* weightOffsets)
    {
        for (int i = 0; i < count; i++)
        {
            int element = indices[i];
            int pixel = element / channels;
            float* target = weights + ((nint)(element - (pixel * channels)) * filters);
            for (int tap = starts[pixel]; tap < starts[pixel + 1]; tap++)
            {
                AddRun(image + element, outputs + outputOffsets[tap], target + weightOffsets[tap], filters);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRun(float* scalar, float* source, float* target, int length)
    {
        for (nint i = 0; i < length; i += TOps.Lanes)
        {
            TOps.Store(TOps.MultiplyAdd(TOps.Load(source + i), scalar, TOps.Load(target + i)), target + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Raise(float* target, int length, float floor)
    {
        for (nint i = 0; i < length; i += TOps.Lanes)
        {
            TOps.Store(TOps.Max(TOps.Load(target + i), floor), target + i);
        }
    }
}
