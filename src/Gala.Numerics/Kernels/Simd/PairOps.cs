using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Two vectors side by side as one.</summary>
internal readonly unsafe struct PairOps<TOps, TVector> : IVectorOps<Pair<TVector>>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TOps.Lanes;
    }

    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TOps.TileRows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Load(float* source) =>
        new(TOps.Load(source), TOps.Load(source + TOps.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Pair<TVector> vector, float* target)
    {
        TOps.Store(vector.First, target);
        TOps.Store(vector.Second, target + TOps.Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> MultiplyAdd(Pair<TVector> vector, float* scalar, Pair<TVector> sum) =>
        new(TOps.MultiplyAdd(vector.First, scalar, sum.First),
            TOps.MultiplyAdd(vector.Second, scalar, sum.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> MultiplyAdd(Pair<TVector> vector, float factor, Pair<TVector> sum) =>
        new(TOps.MultiplyAdd(vector.First, factor, sum.First),
            TOps.MultiplyAdd(vector.Second, factor, sum.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Max(Pair<TVector> vector, float floor) =>
        new(TOps.Max(vector.First, floor), TOps.Max(vector.Second, floor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Add(Pair<TVector> left, Pair<TVector> right) =>
        new(TOps.Add(left.First, right.First), TOps.Add(left.Second, right.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> Subtract(Pair<TVector> left, Pair<TVector> right) =>
        new(TOps.Subtract(left.First, right.First), TOps.Subtract(left.Second, right.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> KeepWherePositive(Pair<TVector> gate, Pair<TVector> gradient) =>
        new(TOps.KeepWherePositive(gate.First, gradient.First),
            TOps.KeepWherePositive(gate.Second, gradient.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair<TVector> TanhGradient(Pair<TVector> output, Pair<TVector> gradient) =>
        new(TOps.TanhGradient(output.First, gradient.First),
            TOps.TanhGradient(output.Second, gradient.Second));
}
