namespace Gala.Numerics;

/// <summary>The transforms of minimal filtering along one line of a tile; a tile is transformed down its columns, then along its rows.</summary>
/// <remarks>
/// <para>A line is a polynomial. Its product with another is known from as many points as it has coefficients: evaluate both, multiply point by
/// point, interpolate. Filtering is that turned about (Winograd 1980, Arithmetic Complexity of Computations).</para>
/// <para>Results are stored a stride apart, in the order of the points; they may overwrite the line that they come from.</para>
/// </remarks>
internal unsafe interface IWinogradPoints
{
    /// <summary>Points, and so cells along a side of a tile.</summary>
    static abstract int Side { get; }

    /// <summary>What the weights carry of the interpolation: 1 / ∏ (p − q) over the other points q, for the point p of that number.</summary>
    static abstract float Factor(int point);

    /// <summary>Bᵀ d: cells to points.</summary>
    static abstract void Interpolate<TLine>(TLine cells, float* target, nint stride)
        where TLine : struct, ILine;

    /// <summary>B v: gradients of points to those of cells.</summary>
    static abstract void InterpolateBack<TLine>(TLine points, float* target, nint stride)
        where TLine : struct, ILine;

    /// <summary>V x: the values at the points of a polynomial with that many coefficients, the lowest first.</summary>
    static abstract void Evaluate<TLine>(TLine coefficients, int count, float* target, nint stride)
        where TLine : struct, ILine;

    /// <summary>Vᵀ m: points to that many sums. As many as a polynomial can have are overwritten.</summary>
    static abstract void Sum<TLine>(TLine points, int count, float* target, nint stride)
        where TLine : struct, ILine;
}
