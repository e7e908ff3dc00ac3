using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>Sixty-four running sums: four independent chains of additions, as many as keep an adder busy.</summary>
internal struct FourSums
{
    public const int Count = 4 * Lanes.Count;

    private Vector512<float> _a;
    private Vector512<float> _b;
    private Vector512<float> _c;
    private Vector512<float> _d;

    /// <summary>Adds the next 64 terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        _a += a;
        _b += b;
        _c += c;
        _d += d;
    }

    /// <summary>(a + b) + (c + d) in single precision, then the tree of <see cref="Lanes.Sum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Total() => Lanes.Sum((_a + _b) + (_c + _d));
}
