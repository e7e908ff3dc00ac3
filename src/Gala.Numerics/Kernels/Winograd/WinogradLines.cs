using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>The transforms of minimal filtering along one line of a tile; a tile is transformed down its columns, then along its rows.</summary>
/// <remarks>
/// <para>A line is a polynomial. Its product with another of degree 5 in all is known from six points, here 0, ±1, ±a and ∞: evaluate both,
/// multiply point by point, interpolate. Filtering is that turned about (Winograd 1980). The points are opposite in pairs, so that each pair
/// shares the even and the odd part of its sums.</para>
/// <para>a = 3/2 rounds least of what was tried: about five times as much as plain products, a few units of the sixth decimal of outputs near 1.</para>
/// </remarks>
internal static unsafe class WinogradLines<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    private const float A = 1.5f;
    private const float Square = A * A;

    /// <summary>What the weights carry of the interpolation: 1 / ∏ (p − q) over the other points q, for each point p in order.</summary>
    public static float Factor(int point) => point switch
    {
        0 => 1 / Square,
        1 or 2 => 1 / (2 * (1 - Square)),
        3 or 4 => 1 / (2 * Square * (Square - 1)),
        _ => 1,
    };

    /// <summary>Bᵀ d: six cells to six points, stored a stride apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interpolate(TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5, float* target, nint stride)
    {
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

    /// <summary>B v: the gradients of six points to those of six cells, stored a stride apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InterpolateBack(TVector v0, TVector v1, TVector v2, TVector v3, TVector v4, TVector v5, float* target, nint stride)
    {
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

    /// <summary>V x: two to five coefficients, zeros behind, to six points, stored a stride apart.</summary>
    /// <param name="x0">The lowest coefficient.</param>
    /// <param name="x1">Of degree 1.</param>
    /// <param name="x2">Of degree 2.</param>
    /// <param name="x3">Of degree 3.</param>
    /// <param name="x4">Of degree 4.</param>
    /// <param name="last">The highest there is: the value at ∞.</param>
    /// <param name="target">The value at 0.</param>
    /// <param name="stride">In floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Evaluate(TVector x0, TVector x1, TVector x2, TVector x3, TVector x4, TVector last, float* target, nint stride)
    {
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

    /// <summary>Vᵀ m: six points to <paramref name="side"/> sums, two to five, stored a stride apart; all five are overwritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum(TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5, int side, float* target, nint stride)
    {
        TVector sum = TOps.Add(m1, m2);
        TVector difference = TOps.Subtract(m1, m2);
        TVector sumOfA = TOps.Add(m3, m4);
        TVector differenceOfA = TOps.Subtract(m3, m4);
        TOps.Store(TOps.Add(TOps.Add(m0, sum), sumOfA), target);
        TOps.Store(TOps.MultiplyAdd(differenceOfA, A, difference), target + stride);
        TOps.Store(TOps.MultiplyAdd(sumOfA, Square, sum), target + (2 * stride));
        TOps.Store(TOps.MultiplyAdd(differenceOfA, A * Square, difference), target + (3 * stride));
        TOps.Store(TOps.MultiplyAdd(sumOfA, Square * Square, sum), target + (4 * stride));
        float* last = target + ((side - 1) * stride);
        TOps.Store(TOps.Add(TOps.Load(last), m5), last);
    }
}
