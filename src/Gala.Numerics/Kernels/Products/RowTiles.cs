using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The innermost loops of a row product: the sums of a tile of rows × one block of columns stay in registers.</summary>
/// <remarks>Written out row by row, since an array of sums would live in memory. A sum starts at <c>start</c>, or at the target's
/// value where that is null, and is one chain of fused multiply-adds in the order of the row's elements.</remarks>
internal static unsafe class RowTiles<TOps, TBlock>
    where TOps : struct, IVectorOps<TBlock>
    where TBlock : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Eight(float** left, in RowSegments segments, float* right, float* start, float floor, float** target)
    {
        TBlock sum0 = TOps.Load(start is null ? target[0] : start);
        TBlock sum1 = TOps.Load(start is null ? target[1] : start);
        TBlock sum2 = TOps.Load(start is null ? target[2] : start);
        TBlock sum3 = TOps.Load(start is null ? target[3] : start);
        TBlock sum4 = TOps.Load(start is null ? target[4] : start);
        TBlock sum5 = TOps.Load(start is null ? target[5] : start);
        TBlock sum6 = TOps.Load(start is null ? target[6] : start);
        TBlock sum7 = TOps.Load(start is null ? target[7] : start);
        float* left0 = left[0];
        float* left1 = left[1];
        float* left2 = left[2];
        float* left3 = left[3];
        float* left4 = left[4];
        float* left5 = left[5];
        float* left6 = left[6];
        float* left7 = left[7];
        for (int segment = segments.Count; segment > 0; segment--)
        {
            for (nint k = 0; k < segments.Length; k++)
            {
                TBlock weights = TOps.Load(right);
                right += TOps.Lanes;
                sum0 = TOps.MultiplyAdd(weights, left0 + k, sum0);
                sum1 = TOps.MultiplyAdd(weights, left1 + k, sum1);
                sum2 = TOps.MultiplyAdd(weights, left2 + k, sum2);
                sum3 = TOps.MultiplyAdd(weights, left3 + k, sum3);
                sum4 = TOps.MultiplyAdd(weights, left4 + k, sum4);
                sum5 = TOps.MultiplyAdd(weights, left5 + k, sum5);
                sum6 = TOps.MultiplyAdd(weights, left6 + k, sum6);
                sum7 = TOps.MultiplyAdd(weights, left7 + k, sum7);
            }

            left0 += segments.Stride;
            left1 += segments.Stride;
            left2 += segments.Stride;
            left3 += segments.Stride;
            left4 += segments.Stride;
            left5 += segments.Stride;
            left6 += segments.Stride;
            left7 += segments.Stride;
        }

        TOps.Store(TOps.Max(sum0, floor), target[0]);
        TOps.Store(TOps.Max(sum1, floor), target[1]);
        TOps.Store(TOps.Max(sum2, floor), target[2]);
        TOps.Store(TOps.Max(sum3, floor), target[3]);
        TOps.Store(TOps.Max(sum4, floor), target[4]);
        TOps.Store(TOps.Max(sum5, floor), target[5]);
        TOps.Store(TOps.Max(sum6, floor), target[6]);
        TOps.Store(TOps.Max(sum7, floor), target[7]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(float** left, in RowSegments segments, float* right, float* start, float floor, float** target)
    {
        TBlock sum0 = TOps.Load(start is null ? target[0] : start);
        TBlock sum1 = TOps.Load(start is null ? target[1] : start);
        TBlock sum2 = TOps.Load(start is null ? target[2] : start);
        TBlock sum3 = TOps.Load(start is null ? target[3] : start);
        float* left0 = left[0];
        float* left1 = left[1];
        float* left2 = left[2];
        float* left3 = left[3];
        for (int segment = segments.Count; segment > 0; segment--)
        {
            for (nint k = 0; k < segments.Length; k++)
            {
                TBlock weights = TOps.Load(right);
                right += TOps.Lanes;
                sum0 = TOps.MultiplyAdd(weights, left0 + k, sum0);
                sum1 = TOps.MultiplyAdd(weights, left1 + k, sum1);
                sum2 = TOps.MultiplyAdd(weights, left2 + k, sum2);
                sum3 = TOps.MultiplyAdd(weights, left3 + k, sum3);
            }

            left0 += segments.Stride;
            left1 += segments.Stride;
            left2 += segments.Stride;
            left3 += segments.Stride;
        }

        TOps.Store(TOps.Max(sum0, floor), target[0]);
        TOps.Store(TOps.Max(sum1, floor), target[1]);
        TOps.Store(TOps.Max(sum2, floor), target[2]);
        TOps.Store(TOps.Max(sum3, floor), target[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(float** left, in RowSegments segments, float* right, float* start, float floor, float** target)
    {
        TBlock sum0 = TOps.Load(start is null ? target[0] : start);
        float* left0 = left[0];
        for (int segment = segments.Count; segment > 0; segment--)
        {
            for (nint k = 0; k < segments.Length; k++)
            {
                TBlock weights = TOps.Load(right);
                right += TOps.Lanes;
                sum0 = TOps.MultiplyAdd(weights, left0 + k, sum0);
            }

            left0 += segments.Stride;
        }

        TOps.Store(TOps.Max(sum0, floor), target[0]);
    }
}
