using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>How many floats one vector instruction handles: 16, 8, 4, or 1 where the machine has no vectors.</summary>
/// <param name="Lanes">Number of floats in a vector.</param>
public readonly record struct SimdWidth(int Lanes)
{
    /// <summary>The widths that this process may use, the widest first; the last one is always the scalar one.</summary>
    /// <remarks>The runtime's switches narrow the list: <c>DOTNET_EnableAVX512=0</c>, <c>DOTNET_EnableAVX2=0</c>,
    /// <c>DOTNET_EnableHWIntrinsic=0</c>.</remarks>
    public static IReadOnlyList<SimdWidth> Supported { get; } = Detect();

    /// <summary>The width that kernels use unless told otherwise.</summary>
    public static SimdWidth Widest => Supported[0];

    /// <inheritdoc />
    public override string ToString() => Lanes == 1 ? "scalar" : $"Vector{Lanes * 32}";

    private static SimdWidth[] Detect()
    {
        (bool HasIt, int Lanes)[] widths =
        [
            (Vector512.IsHardwareAccelerated, Vector512<float>.Count),
            (Vector256.IsHardwareAccelerated, Vector256<float>.Count),
            (Vector128.IsHardwareAccelerated, Vector128<float>.Count),
            (true, 1),
        ];
        return [.. widths.Where(width => width.HasIt).Select(width => new SimdWidth(width.Lanes))];
    }
}
