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
        Start(target, taps.OutputLength, bias, taps.Filters);
        fixed (int* indices = nonzeros, starts = taps.Starts, outputs = taps.Outputs, offsets = taps.Weights, lengths = taps.Lengths)
        {
            AddRuns(image, indices, nonzeros.Length, taps.Channels, starts, lengths, weights, taps.ChannelLength, offsets, target, 0, outputs);
        }

        Raise(target, taps.OutputLength, floor);
    }

    public static void AddWeightGradients(float* image, ReadOnlySpan<int> nonzeros, TapTable taps, float* gradients, float* weightGradients)
    {
        fixed (int* indices = nonzeros, starts = taps.Starts, outputs = taps.Outputs, offsets = taps.Weights, lengths = taps.Lengths)
        {
            AddRuns(image, indices, nonzeros.Length, taps.Channels, starts, lengths, gradients, 0, outputs, weightGradients, taps.ChannelLength, offsets);
        }
    }

    /// <summary>target[run] += x · source[run] for each nonzero x and each run that it takes part in; one of the two sides has channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRuns(
        float* image,
        int* indices,
        int count,
        int channels,
        int* starts,
        int* lengths,
        float* source,
        nint sourceChannel,
        int* sourceOffsets,
        float* target,
        nint targetChannel,
        int* targetOffsets)
    {
        for (int i = 0; i < count; i++)
        {
            int element = indices[i];
            int pixel = element / channels;
            int channel = element - (pixel * channels);
            float* sourceStart = source + (channel * sourceChannel);
            float* targetStart = target + (channel * targetChannel);
            for (int run = starts[pixel]; run < starts[pixel + 1]; run++)
            {
                AddRun(image + element, sourceStart + sourceOffsets[run], targetStart + targetOffsets[run], lengths[run]);
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
    private static void Start(float* target, int length, float* bias, int filters)
    {
        for (nint pixel = 0; pixel < length; pixel += filters)
        {
            for (nint i = 0; i < filters; i += TOps.Lanes)
            {
                TOps.Store(TOps.Load(bias + i), target + pixel + i);
            }
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
