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

        foreach (int element in nonzeros)
        {
            int pixel = element / taps.Channels;
            float* channel = weights + ((nint)(element - (pixel * taps.Channels)) * filters);
            AddRuns(image + element, channel, taps.Weights(pixel), target, taps.Outputs(pixel), filters);
        }

        for (int i = 0; i < taps.OutputLength; i += TOps.Lanes)
        {
            TOps.Store(TOps.Max(TOps.Load(target + i), floor), target + i);
        }
    }

    public static void AddWeightGradients(float* image, ReadOnlySpan<int> nonzeros, TapTable taps, float* gradients, float* weightGradients)
    {
        int filters = taps.Filters;
        foreach (int element in nonzeros)
        {
            int pixel = element / taps.Channels;
            float* channel = weightGradients + ((nint)(element - (pixel * taps.Channels)) * filters);
            AddRuns(image + element, gradients, taps.Outputs(pixel), channel, taps.Weights(pixel), filters);
        }
    }

    /// <summary>target[b] += x · source[a] for each pair of offsets, runs of <paramref name="length"/> floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRuns(
        float* scalar, float* source, ReadOnlySpan<int> sourceOffsets, float* target, ReadOnlySpan<int> targetOffsets, int length)
    {
        for (int tap = 0; tap < sourceOffsets.Length; tap++)
        {
            float* from = source + sourceOffsets[tap];
            float* to = target + targetOffsets[tap];
            for (nint i = 0; i < length; i += TOps.Lanes)
            {
                TOps.Store(TOps.MultiplyAdd(TOps.Load(from + i), scalar, TOps.Load(to + i)), to + i);
            }
        }
    }
}
