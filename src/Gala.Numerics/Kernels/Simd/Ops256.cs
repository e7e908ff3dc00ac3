using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>Vectors of 256 bits.</summary>
internal readonly unsafe struct Ops256 : IVectorOps<Vector256<float>>
{
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<float>.Count;
    }

    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4; // 16 registers: 12 sums, 3 weights, 1 input.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> vector, float* scalar, Vector256<float> sum) =>
        Kernels.RoundsOnce
            ? Vector256.FusedMultiplyAdd(vector, Vector256.Create(*scalar), sum)
            : (vector * Vector256.Create(*scalar)) + sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> vector, float factor, Vector256<float> sum) =>
        Kernels.RoundsOnce
            ? Vector256.FusedMultiplyAdd(vector, Vector256.Create(factor), sum)
            : (vector * Vector256.Create(factor)) + sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> vector, float floor) => Vector256.MaxNative(Vector256.Create(floor), vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> KeepWherePositive(Vector256<float> gate, Vector256<float> gradient) =>
        Vector256.GreaterThan(gate, Vector256<float>.Zero) & gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> TanhGradient(Vector256<float> output, Vector256<float> gradient) =>
        gradient * (Vector256<float>.One - (output * output));
}
