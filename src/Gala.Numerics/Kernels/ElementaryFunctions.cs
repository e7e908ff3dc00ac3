using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>The exponential, the logarithm, the hyperbolic tangent and the logistic function in single precision, out of operations
/// that every machine rounds alike.</summary>
/// <remarks>The platform's own functions differ in their last bit between vector widths and between mathematical libraries, which would
/// make a run depend on the machine. Coefficients: interpolation at Chebyshev nodes, rounded to single precision.</remarks>
internal static class ElementaryFunctions
{
    private const float Log2E = 1.442695f;
    private const float Ln2High = 0.693115234375f; // 12 bits, so that its product with an exponent is exact
    private const float Ln2Low = 3.194618329871446e-05f;
    private const float SignificandStep = 12582912; // 1.5 · 2²³: adding it rounds to the nearest integer and leaves that in the low bits

    /// <summary>eˣ, within 1.2 units in the last place; 0 from −104 down, ∞ above 88.73, NaN of NaN.</summary>
    /// <remarks>x = n ln 2 + r with |r| ≤ ½ ln 2; eʳ ≈ 1 + r + r² q(r), q of degree 4, relative error of the approximation 1e-8.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(-104f)), Vector512.Create(-104f), x);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(89f)), Vector512.Create(89f), x);
        Vector512<float> shifted = Kernels.MultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(SignificandStep));
        Vector512<int> n = shifted.AsInt32() - Vector512.Create(SignificandStep).AsInt32();
        Vector512<float> exponent = shifted - Vector512.Create(SignificandStep);
        Vector512<float> r = Kernels.MultiplyAdd(exponent, Vector512.Create(-Ln2High), x);
        r = Kernels.MultiplyAdd(exponent, Vector512.Create(-Ln2Low), r);

        Vector512<float> q = Vector512.Create(0.0013926250394433737f);
        q = Kernels.MultiplyAdd(q, r, Vector512.Create(0.00836323294788599f));
        q = Kernels.MultiplyAdd(q, r, Vector512.Create(0.04166655242443085f));
        q = Kernels.MultiplyAdd(q, r, Vector512.Create(0.16666576266288757f));
        q = Kernels.MultiplyAdd(q, r, Vector512.Create(0.5f));
        Vector512<float> power = Kernels.MultiplyAdd(r * r, q, r) + Vector512<float>.One;

        // 2ⁿ in two factors: n reaches from −150 to 128, one more than a float's exponent holds on either side.
        Vector512<int> half = n >> 1;
        return power * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>ln x of positive, normal, finite x, within 1 unit in the last place.</summary>
    /// <remarks>x = 2ⁿ (1 + f) with √½ ≤ 1 + f &lt; √2, s = f / (2 + f), ln(1 + f) = 2 artanh s = f − (½f² − s (½f² + R(s²))).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        const int RootHalf = 0x3F3504F3; // bits of √½
        Vector512<int> n = (x.AsInt32() - Vector512.Create(RootHalf)) >> 23;
        Vector512<float> f = (x.AsInt32() - (n << 23)).AsSingle() - Vector512<float>.One;
        Vector512<float> exponent = Vector512.ConvertToSingle(n);

        Vector512<float> s = f / (Vector512.Create(2f) + f);
        Vector512<float> z = s * s;
        Vector512<float> remainder = Vector512.Create(0.2333046793937683f);
        remainder = Kernels.MultiplyAdd(remainder, z, Vector512.Create(0.2855082154273987f));
        remainder = Kernels.MultiplyAdd(remainder, z, Vector512.Create(0.4000012278556824f));
        remainder = Kernels.MultiplyAdd(remainder, z, Vector512.Create(0.6666666865348816f)) * z;

        Vector512<float> halfSquare = f * f * 0.5f;
        Vector512<float> low = Kernels.MultiplyAdd(exponent, Vector512.Create(Ln2Low), s * (halfSquare + remainder));
        return Kernels.MultiplyAdd(exponent, Vector512.Create(Ln2High), f - (halfSquare - low));
    }

    /// <summary>tanh x, within 2 units in the last place; NaN of NaN.</summary>
    /// <remarks>|x| &lt; 0.64: x + x³ q(x²), q of degree 5, relative error of the approximation 1e-8. Else ±(1 − 2 / (e²ˣ + 1)) of
    /// |x|.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> square = x * x;
        Vector512<float> q = Vector512.Create(0.0022460035979747772f);
        q = Kernels.MultiplyAdd(q, square, Vector512.Create(-0.008301695808768272f));
        q = Kernels.MultiplyAdd(q, square, Vector512.Create(0.021755700930953026f));
        q = Kernels.MultiplyAdd(q, square, Vector512.Create(-0.05395759642124176f));
        q = Kernels.MultiplyAdd(q, square, Vector512.Create(0.1333329677581787f));
        q = Kernels.MultiplyAdd(q, square, Vector512.Create(-0.3333333432674408f));
        Vector512<float> near = Kernels.MultiplyAdd(square * x, q, x);

        Vector512<float> magnitude = Vector512.Abs(x);
        Vector512<float> far = Vector512<float>.One - (Vector512.Create(2f) / (Exp(magnitude + magnitude) + Vector512<float>.One));
        Vector512<float> result = Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(0.64f)), near, far);
        return Vector512.ConditionalSelect(Vector512.Create(-0f), x, result); // the sign of x, of zero too
    }

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ), within 3 units in the last place; 0 from −88.73 down, NaN of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Exp(-x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> n) => ((n + Vector512.Create(127)) << 23).AsSingle();
}
