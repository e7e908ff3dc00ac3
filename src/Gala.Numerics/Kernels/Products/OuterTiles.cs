using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The innermost loops of an outer-product sum: a tile of neighbouring left columns × one block of right columns.</summary>
/// <remarks>A sum starts at the target's value and is one chain of fused multiply-adds in the order of the rows.</remarks>
internal static unsafe class OuterTiles<TOps, TBlock>
    where TOps : struct, IVectorOps<TBlock>
    where TBlock : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Eight(
        float* left, int* leftOffsets, float* right, int* rightOffsets, int count, float* target, nint targetStride)
    {
        TBlock sum0 = TOps.Load(target);
        TBlock sum1 = TOps.Load(target + targetStride);
        TBlock sum2 = TOps.Load(target + (2 * targetStride));
        TBlock sum3 = TOps.Load(target + (3 * targetStride));
        TBlock sum4 = TOps.Load(target + (4 * targetStride));
        TBlock sum5 = TOps.Load(target + (5 * targetStride));
        TBlock sum6 = TOps.Load(target + (6 * targetStride));
        TBlock sum7 = TOps.Load(target + (7 * targetStride));
        for (nint k = 0; k < count; k++)
        {
            float* inputs = left + leftOffsets[k];
            TBlock gradients = TOps.Load(right + rightOffsets[k]);
            sum0 = TOps.MultiplyAdd(gradients, inputs, sum0);
            sum1 = TOps.MultiplyAdd(gradients, inputs + 1, sum1);
            sum2 = TOps.MultiplyAdd(gradients, inputs + 2, sum2);
            sum3 = TOps.MultiplyAdd(gradients, inputs + 3, sum3);
            sum4 = TOps.MultiplyAdd(gradients, inputs + 4, sum4);
            sum5 = TOps.MultiplyAdd(gradients, inputs + 5, sum5);
            sum6 = TOps.MultiplyAdd(gradients, inputs + 6, sum6);
            sum7 = TOps.MultiplyAdd(gradients, inputs + 7, sum7);
        }

        TOps.Store(sum0, target);
        TOps.Store(sum1, target + targetStride);
        TOps.Store(sum2, target + (2 * targetStride));
        TOps.Store(sum3, target + (3 * targetStride));
        TOps.Store(sum4, target + (4 * targetStride));
        TOps.Store(sum5, target + (5 * targetStride));
        TOps.Store(sum6, target + (6 * targetStride));
        TOps.Store(sum7, target + (7 * targetStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(
        float* left, int* leftOffsets, float* right, int* rightOffsets, int count, float* target, nint targetStride)
    {
        TBlock sum0 = TOps.Load(target);
        TBlock sum1 = TOps.Load(target + targetStride);
        TBlock sum2 = TOps.Load(target + (2 * targetStride));
        TBlock sum3 = TOps.Load(target + (3 * targetStride));
        for (nint k = 0; k < count; k++)
        {
            float* inputs = left + leftOffsets[k];
            TBlock gradients = TOps.Load(right + rightOffsets[k]);
            sum0 = TOps.MultiplyAdd(gradients, inputs, sum0);
            sum1 = TOps.MultiplyAdd(gradients, inputs + 1, sum1);
            sum2 = TOps.MultiplyAdd(gradients, inputs + 2, sum2);
            sum3 = TOps.MultiplyAdd(gradients, inputs + 3, sum3);
        }

        TOps.Store(sum0, target);
        TOps.Store(sum1, target + targetStride);
        TOps.Store(sum2, target + (2 * targetStride));
        TOps.Store(sum3, target + (3 * targetStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(
        float* left, int* leftOffsets, float* right, int* rightOffsets, int count, float* target, nint targetStride)
    {
        TBlock sum0 = TOps.Load(target);
        for (nint k = 0; k < count; k++)
        {
            float* inputs = left + leftOffsets[k];
            TBlock gradients = TOps.Load(right + rightOffsets[k]);
            sum0 = TOps.MultiplyAdd(gradients, inputs, sum0);
        }

        TOps.Store(sum0, target);
    }
}
