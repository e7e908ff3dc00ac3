using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>Vectors of 128 bits.</summary>
internal readonly unsafe struct Ops128 : IVectorOps<Vector128<float>>
{
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<float>.Count;
    }

    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4; // 16 registers: 12 sums, 3 weights, 1 input.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> vector, float* scalar, Vector128<float> sum) =>
        Kernels.RoundsOnce
            ? Vector128.FusedMultiplyAdd(vector, Vector128.Create(*scalar), sum)
            : (vector * Vector128.Create(*scalar)) + sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> vector, float factor, Vector128<float> sum) =>
        Kernels.RoundsOnce
            ? Vector128.FusedMultiplyAdd(vector, Vector128.Create(factor), sum)
            : (vector * Vector128.Create(factor)) + sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> vector, float floor) => Vector128.MaxNative(Vector128.Create(floor), vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> left, Vector128<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> left, Vector128<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> KeepWherePositive(Vector128<float> gate, Vector128<float> gradient) =>
        Vector128.GreaterThan(gate, Vector128<float>.Zero) & gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> TanhGradient(Vector128<float> output, Vector128<float> gradient) =>
        gradient * (Vector128<float>.One - (output * output));
}
