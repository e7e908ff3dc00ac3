using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The points 0, ±1, ±a and ∞: for kernels of 2 cells and 5 outputs, or 3 cells and 4 outputs.</summary>
/// <remarks>Opposite points share the even and the odd part of their sums. a = 3/2 rounds least of what was tried: about five times as much as
/// plain products, a few units of the sixth decimal of outputs near 1.</remarks>
internal readonly unsafe struct SixPoints<TOps, TVector> : IWinogradPoints
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const float A = 1.5f;
    private const float Square = A * A;

    public static int Side
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 6;
    }

    public static float Factor(int point) => point switch
    {
        0 => 1 / Square,
        1 or 2 => 1 / (2 * (1 - Square)),
        3 or 4 => 1 / (2 * Square * (Square - 1)),
        _ => 1,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interpolate<TLine>(TLine cells, float* target, nint stride)
        where TLine : struct, ILine
    {
        (TVector d0, TVector d1, TVector d2) = (TOps.Load(cells.At(0)), TOps.Load(cells.At(1)), TOps.Load(cells.At(2)));
        (TVector d3, TVector d4, TVector d5) = (TOps.Load(cells.At(3)), TOps.Load(cells.At(4)), TOps.Load(cells.At(5)));
        TVector even = TOps.MultiplyAdd(d2, -Square, d4);
        TVector odd = TOps.MultiplyAdd(d1, -Square, d3);
        TVector evenOfA = TOps.Subtract(d4, d2);
        TVector oddOfA = TOps.Subtract(d3, d1);
        TOps.Store(TOps.MultiplyAdd(d0, Square, TOps.MultiplyAdd(d2, -1 - Square, d4)), target);
        TOps.Store(TOps.Add(even, odd), target + stride);
        TOps.Store(TOps.Subtract(even, odd), target + (2 * stride));
        TOps.Store(TOps.MultiplyAdd(oddOfA, A, evenOfA), target + (3 * stride));
        TOps.Store(TOps.MultiplyAdd(oddOfA, -A, evenOfA), target + (4 * stride));
        TOps.Store(TOps.MultiplyAdd(d1, Square, TOps.MultiplyAdd(d3, -1 - Square, d5)), target + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterpolateBack<TLine>(TLine points, float* target, nint stride)
        where TLine : struct, ILine
    {
        (TVector v0, TVector v1, TVector v2) = (TOps.Load(points.At(0)), TOps.Load(points.At(1)), TOps.Load(points.At(2)));
        (TVector v3, TVector v4, TVector v5) = (TOps.Load(points.At(3)), TOps.Load(points.At(4)), TOps.Load(points.At(5)));
        TVector sum = TOps.Add(v1, v2);
        TVector difference = TOps.Subtract(v1, v2);
        TVector sumOfA = TOps.Add(v3, v4);
        TVector differenceOfA = TOps.Subtract(v3, v4);
        TVector minusEven = TOps.MultiplyAdd(sum, Square, TOps.MultiplyAdd(v0, 1 + Square, sumOfA));
        TOps.Store(TOps.MultiplyAdd(v0, Square, default), target);
        TOps.Store(TOps.MultiplyAdd(differenceOfA, -A, TOps.MultiplyAdd(TOps.Subtract(v5, difference), Square, default)), target + stride);
        TOps.Store(TOps.Subtract(default, minusEven), target + (2 * stride));
        TOps.Store(TOps.MultiplyAdd(v5, -1 - Square, TOps.MultiplyAdd(differenceOfA, A, difference)), target + (3 * stride));
        TOps.Store(TOps.Add(TOps.Add(v0, sum), sumOfA), target + (4 * stride));
        TOps.Store(v5, target + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate<TLine>(TLine coefficients, int count, float* target, nint stride)
        where TLine : struct, ILine
    {
        (TVector x0, TVector x1) = (TOps.Load(coefficients.At(0)), TOps.Load(coefficients.At(1)));
        TVector x2 = count > 2 ? TOps.Load(coefficients.At(2)) : default;
        TVector x3 = count > 3 ? TOps.Load(coefficients.At(3)) : default;
        TVector x4 = count > 4 ? TOps.Load(coefficients.At(4)) : default;
        TVector last = TOps.Load(coefficients.At(count - 1));
        TVector even = TOps.Add(TOps.Add(x0, x2), x4);
        TVector odd = TOps.Add(x1, x3);
        TVector evenOfA = TOps.MultiplyAdd(TOps.MultiplyAdd(x4, Square, x2), Square, x0);
        TVector oddOfA = TOps.MultiplyAdd(x3, Square, x1);
        TOps.Store(x0, target);
        TOps.Store(TOps.Add(even, odd), target + stride);
        TOps.Store(TOps.Subtract(even, odd), target + (2 * stride));
        TOps.Store(TOps.MultiplyAdd(oddOfA, A, evenOfA), target + (3 * stride));
        TOps.Store(TOps.MultiplyAdd(oddOfA, -A, evenOfA), target + (4 * stride));
        TOps.Store(last, target + (5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum<TLine>(TLine points, int count, float* target, nint stride)
        where TLine : struct, ILine
    {
        (TVector m0, TVector m1, TVector m2) = (TOps.Load(points.At(0)), TOps.Load(points.At(1)), TOps.Load(points.At(2)));
        (TVector m3, TVector m4, TVector m5) = (TOps.Load(points.At(3)), TOps.Load(points.At(4)), TOps.Load(points.At(5)));
        TVector sum = TOps.Add(m1, m2);
        TVector difference = TOps.Subtract(m1, m2);
        TVector sumOfA = TOps.Add(m3, m4);
        TVector differenceOfA = TOps.Subtract(m3, m4);
        TOps.Store(TOps.Add(TOps.Add(m0, sum), sumOfA), target);
        TOps.Store(TOps.MultiplyAdd(differenceOfA, A, difference), target + stride);
        TOps.Store(TOps.MultiplyAdd(sumOfA, Square, sum), target + (2 * stride));
        TOps.Store(TOps.MultiplyAdd(differenceOfA, A * Square, difference), target + (3 * stride));
        TOps.Store(TOps.MultiplyAdd(sumOfA, Square * Square, sum), target + (4 * stride));
        float* last = target + ((count - 1) * stride);
        TOps.Store(TOps.Add(TOps.Load(last), m5), last);
    }
}
