using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Three vectors side by side as one.</summary>
internal readonly unsafe struct TripleOps<TOps, TVector> : IVectorOps<Triple<TVector>>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 3 * TOps.Lanes;
    }

    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TOps.TileRows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Triple<TVector> Load(float* source) =>
        new(TOps.Load(source), TOps.Load(source + TOps.Lanes), TOps.Load(source + (2 * TOps.Lanes)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Triple<TVector> vector, float* target)
    {
        TOps.Store(vector.First, target);
        TOps.Store(vector.Second, target + TOps.Lanes);
        TOps.Store(vector.Third, target + (2 * TOps.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Triple<TVector> MultiplyAdd(Triple<TVector> vector, float* scalar, Triple<TVector> sum) =>
        new(TOps.MultiplyAdd(vector.First, scalar, sum.First),
            TOps.MultiplyAdd(vector.Second, scalar, sum.Second),
            TOps.MultiplyAdd(vector.Third, scalar, sum.Third));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Triple<TVector> MultiplyAdd(Triple<TVector> vector, float factor, Triple<TVector> sum) =>
        new(TOps.MultiplyAdd(vector.First, factor, sum.First),
            TOps.MultiplyAdd(vector.Second, factor, sum.Second),
            TOps.MultiplyAdd(vector.Third, factor, sum.Third));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Triple<TVector> Max(Triple<TVector> vector, float floor) =>
        new(TOps.Max(vector.First, floor), TOps.Max(vector.Second, floor), TOps.Max(vector.Third, floor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Triple<TVector> Add(Triple<TVector> left, Triple<TVector> right) =>
        new(TOps.Add(left.First, right.First), TOps.Add(left.Second, right.Second), TOps.Add(left.Third, right.Third));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Triple<TVector> Subtract(Triple<TVector> left, Triple<TVector> right) =>
        new(TOps.Subtract(left.First, right.First), TOps.Subtract(left.Second, right.Second), TOps.Subtract(left.Third, right.Third));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Triple<TVector> KeepWherePositive(Triple<TVector> gate, Triple<TVector> gradient) =>
        new(TOps.KeepWherePositive(gate.First, gradient.First),
            TOps.KeepWherePositive(gate.Second, gradient.Second),
            TOps.KeepWherePositive(gate.Third, gradient.Third));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Triple<TVector> TanhGradient(Triple<TVector> output, Triple<TVector> gradient) =>
        new(TOps.TanhGradient(output.First, gradient.First),
            TOps.TanhGradient(output.Second, gradient.Second),
            TOps.TanhGradient(output.Third, gradient.Third));
}
