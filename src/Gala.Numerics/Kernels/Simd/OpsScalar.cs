using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>One float at a time, with the bits of the vectors.</summary>
internal readonly unsafe struct OpsScalar : IVectorOps<float>
{
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float vector, float* target) => *target = vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float vector, float* scalar, float sum) => Kernels.MultiplyAdd(vector, *scalar, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float vector, float factor, float sum) => Kernels.MultiplyAdd(vector, factor, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float vector, float floor) => vector < floor ? floor : vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float left, float right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float left, float right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float KeepWherePositive(float gate, float gradient) => gate > 0 ? gradient : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float TanhGradient(float output, float gradient) => gradient * (1 - (output * output));
}
