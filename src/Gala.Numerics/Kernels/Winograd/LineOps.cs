using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Arithmetic on lines of a tile, vector by vector.</summary>
internal static unsafe class LineOps<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Line<TVector> Load(float** sources, nint offset) =>
        new(TOps.Load(sources[0] + offset), TOps.Load(sources[1] + offset), TOps.Load(sources[2] + offset), TOps.Load(sources[3] + offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Line<TVector> Load(float* source, nint stride) =>
        new(TOps.Load(source), TOps.Load(source + stride), TOps.Load(source + (2 * stride)), TOps.Load(source + (3 * stride)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Line<TVector> line, float* target, nint stride)
    {
        TOps.Store(line.First, target);
        TOps.Store(line.Second, target + stride);
        TOps.Store(line.Third, target + (2 * stride));
        TOps.Store(line.Fourth, target + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Line<TVector> Add(Line<TVector> left, Line<TVector> right) =>
        new(TOps.Add(left.First, right.First), TOps.Add(left.Second, right.Second), TOps.Add(left.Third, right.Third), TOps.Add(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Line<TVector> Subtract(Line<TVector> left, Line<TVector> right) =>
        new(TOps.Subtract(left.First, right.First),
            TOps.Subtract(left.Second, right.Second),
            TOps.Subtract(left.Third, right.Third),
            TOps.Subtract(left.Fourth, right.Fourth));
}
