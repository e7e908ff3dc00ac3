using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Gala.Numerics;

namespace Gala.Measuring;

/// <summary>The ceiling of every product: fused multiply-adds on registers only, in chains that do not wait for each other.</summary>
internal static class MultiplyAddPeak
{
    private const int Chains = 12; // the product of latency and instructions a cycle is 8 to 10; more would not fit in 16 registers
    private const int Iterations = 1_000;

    private static float _keptSum; // so that the sums are of use to somebody

    /// <summary>GFLOP/s of one core with vectors of a width, by the fastest sample.</summary>
    public static double Measure(SimdWidth width, CallTimer timer)
    {
        Action work = width.Lanes switch
        {
            16 => Run<Fused512, Vector512<float>>,
            8 => Run<Fused256, Vector256<float>>,
            4 => Run<Fused128, Vector128<float>>,
            _ => Run<FusedScalar, float>,
        };
        timer.WarmUp([work]);
        return 2.0 * Chains * Iterations * width.Lanes / (timer.Measure(work).MinimumMicroseconds * 1e3);
    }

    private static void Run<TFused, TVector>()
        where TFused : IFused<TVector>
        where TVector : struct => _keptSum = Sum<TFused, TVector>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Sum<TFused, TVector>()
        where TFused : IFused<TVector>
        where TVector : struct
    {
        TVector x = TFused.Create(0.5f), y = TFused.Create(1e-3f);
        TVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int n = 0; n < Iterations; n++)
        {
            a = TFused.MultiplyAdd(x, y, a);
            b = TFused.MultiplyAdd(x, y, b);
            c = TFused.MultiplyAdd(x, y, c);
            d = TFused.MultiplyAdd(x, y, d);
            e = TFused.MultiplyAdd(x, y, e);
            f = TFused.MultiplyAdd(x, y, f);
            g = TFused.MultiplyAdd(x, y, g);
            h = TFused.MultiplyAdd(x, y, h);
            i = TFused.MultiplyAdd(x, y, i);
            j = TFused.MultiplyAdd(x, y, j);
            k = TFused.MultiplyAdd(x, y, k);
            l = TFused.MultiplyAdd(x, y, l);
        }

        return TFused.First(a) + TFused.First(b) + TFused.First(c) + TFused.First(d) + TFused.First(e) + TFused.First(f)
            + TFused.First(g) + TFused.First(h) + TFused.First(i) + TFused.First(j) + TFused.First(k) + TFused.First(l);
    }

    private interface IFused<TVector>
    {
        static abstract TVector Create(float value);

        static abstract TVector MultiplyAdd(TVector left, TVector right, TVector sum);

        static abstract float First(TVector vector);
    }

    private readonly struct Fused512 : IFused<Vector512<float>>
    {
        public static Vector512<float> Create(float value) => Vector512.Create(value);

        public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> sum) =>
            Vector512.FusedMultiplyAdd(left, right, sum);

        public static float First(Vector512<float> vector) => vector.ToScalar();
    }

    private readonly struct Fused256 : IFused<Vector256<float>>
    {
        public static Vector256<float> Create(float value) => Vector256.Create(value);

        public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> sum) =>
            Kernels.RoundsOnce ? Vector256.FusedMultiplyAdd(left, right, sum) : (left * right) + sum;

        public static float First(Vector256<float> vector) => vector.ToScalar();
    }

    private readonly struct Fused128 : IFused<Vector128<float>>
    {
        public static Vector128<float> Create(float value) => Vector128.Create(value);

        public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> sum) =>
            Kernels.RoundsOnce ? Vector128.FusedMultiplyAdd(left, right, sum) : (left * right) + sum;

        public static float First(Vector128<float> vector) => vector.ToScalar();
    }

    private readonly struct FusedScalar : IFused<float>
    {
        public static float Create(float value) => value;

        public static float MultiplyAdd(float left, float right, float sum) => Kernels.MultiplyAdd(left, right, sum);

        public static float First(float vector) => vector;
    }
}
