using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The points 0, 1, −1 and ∞, whose transforms are additions alone: for kernels of 2 cells and 3 outputs, or 3 cells and 2 outputs.</summary>
internal readonly unsafe struct FourPoints<TOps, TVector> : IWinogradPoints
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static int Side
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    // The interpolation at 0 is turned about in sign.
    public static float Factor(int point) => point is 1 or 2 ? 0.5f : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interpolate<TLine>(TLine cells, float* target, nint stride)
        where TLine : struct, ILine
    {
        (TVector d0, TVector d1) = (TOps.Load(cells.At(0)), TOps.Load(cells.At(1)));
        (TVector d2, TVector d3) = (TOps.Load(cells.At(2)), TOps.Load(cells.At(3)));
        TOps.Store(TOps.Subtract(d0, d2), target);
        TOps.Store(TOps.Add(d1, d2), target + stride);
        TOps.Store(TOps.Subtract(d2, d1), target + (2 * stride));
        TOps.Store(TOps.Subtract(d3, d1), target + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterpolateBack<TLine>(TLine points, float* target, nint stride)
        where TLine : struct, ILine
    {
        (TVector v0, TVector v1) = (TOps.Load(points.At(0)), TOps.Load(points.At(1)));
        (TVector v2, TVector v3) = (TOps.Load(points.At(2)), TOps.Load(points.At(3)));
        TOps.Store(v0, target);
        TOps.Store(TOps.Subtract(TOps.Subtract(v1, v2), v3), target + stride);
        TOps.Store(TOps.Subtract(TOps.Add(v1, v2), v0), target + (2 * stride));
        TOps.Store(v3, target + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate<TLine>(TLine coefficients, int count, float* target, nint stride)
        where TLine : struct, ILine
    {
        (TVector x0, TVector x1) = (TOps.Load(coefficients.At(0)), TOps.Load(coefficients.At(1)));
        TVector last = TOps.Load(coefficients.At(count - 1));
        TVector even = count > 2 ? TOps.Add(x0, last) : x0;
        TOps.Store(x0, target);
        TOps.Store(TOps.Add(even, x1), target + stride);
        TOps.Store(TOps.Subtract(even, x1), target + (2 * stride));
        TOps.Store(last, target + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum<TLine>(TLine points, int count, float* target, nint stride)
        where TLine : struct, ILine
    {
        (TVector m0, TVector m1) = (TOps.Load(points.At(0)), TOps.Load(points.At(1)));
        (TVector m2, TVector m3) = (TOps.Load(points.At(2)), TOps.Load(points.At(3)));
        TVector sum = TOps.Add(m1, m2);
        TVector difference = TOps.Subtract(m1, m2);
        TOps.Store(TOps.Add(m0, sum), target);
        TOps.Store(count > 2 ? difference : TOps.Add(difference, m3), target + stride);
        TOps.Store(TOps.Add(sum, m3), target + (2 * stride));
    }
}
