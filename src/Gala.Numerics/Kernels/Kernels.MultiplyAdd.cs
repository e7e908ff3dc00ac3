using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Gala.Numerics;

public static partial class Kernels
{
    /// <summary>Whether products add up by an instruction that rounds once. Without one it would be a call for every single number, some
    /// hundred times slower, so there a product is rounded before it is added, at every width alike.</summary>
    public static bool RoundsOnce
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.IsSupported;
    }

    /// <summary>ab + c as every kernel computes it: see <see cref="RoundsOnce"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => RoundsOnce ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c;

    /// <summary>ab + c as every kernel computes it: see <see cref="RoundsOnce"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        RoundsOnce ? Vector512.FusedMultiplyAdd(a, b, c) : (a * b) + c;
}
