using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>Vectors of 512 bits.</summary>
internal readonly unsafe struct Ops512 : IVectorOps<Vector512<float>>
{
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<float>.Count;
    }

    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8; // 32 registers: 24 sums, 3 weights, 1 input.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> vector, float* scalar, Vector512<float> sum) =>
        Vector512.FusedMultiplyAdd(vector, Vector512.Create(*scalar), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> vector, float factor, Vector512<float> sum) =>
        Vector512.FusedMultiplyAdd(vector, Vector512.Create(factor), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> vector, float floor) => Vector512.MaxNative(Vector512.Create(floor), vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> left, Vector512<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> KeepWherePositive(Vector512<float> gate, Vector512<float> gradient) =>
        Vector512.GreaterThan(gate, Vector512<float>.Zero) & gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> TanhGradient(Vector512<float> output, Vector512<float> gradient) =>
        gradient * (Vector512<float>.One - (output * output));
}
