using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>The transforms of minimal filtering at one vector width: sums before and after the products of a convolution's tiles.</summary>
/// <remarks>
/// <para>With V the transformed cells, W the transformed weights and M the transformed outputs, each of as many planes as a tile has products: forward M = V W; backward
/// V' = M' Wᵀ and W' = Vᵀ M', plane by plane, with the kernels for plain products.</para>
/// <para>Same bits for every vector width, and for a row whatever the others are. Allocates nothing. Memory belongs to the caller.</para>
/// <para>Source: Lavin and Gray 2016, arXiv 1509.09308.</para>
/// </remarks>
public abstract unsafe class WinogradTransforms
{
    private protected WinogradTransforms()
    {
    }

    /// <summary>The transforms of some tiles by vectors of a width; the widest if null.</summary>
    public static WinogradTransforms Of(WinogradTiles tiles, SimdWidth? width = null) => (width ?? SimdWidth.Widest).Lanes switch
    {
        16 => Of<Ops512, Vector512<float>>(tiles),
        8 => Of<Ops256, Vector256<float>>(tiles),
        4 => Of<Ops128, Vector128<float>>(tiles),
        _ => Of<OpsScalar, float>(tiles),
    };

    /// <summary>V of one image: a row of shape [cell length] for each tile, from <paramref name="firstRow"/> on; of these the
    /// <paramref name="share"/>'s elements, <see cref="WinogradTiles.Elements"/>.</summary>
    public abstract void TransformImage(float* image, WinogradTiles tiles, WinogradPlanes planes, int firstRow, Share share);

    /// <summary>Adds the gradients of one image's cells, shape [cell length] a tile, to those of the image.</summary>
    public abstract void AddImageGradients(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* gradients);

    /// <summary>max(floor, outputs + b) of one image from M, a row of shape [filters] for each tile.</summary>
    public abstract void WriteOutputs(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* bias, float floor, float* outputs);

    /// <summary>M' of one image from the gradients of its outputs, shape [pixels, filters].</summary>
    public abstract void TransformOutputGradients(float* gradients, WinogradTiles tiles, WinogradPlanes planes, int firstRow);

    /// <summary>W, a row of shape [filters] for each element of a cell, from weights of shape [kernel, kernel, channels, filters].</summary>
    public abstract void TransformWeights(float* weights, WinogradTiles tiles, WinogradPlanes planes);

    /// <summary>Moves W' to the gradients of the weights, as far as it belongs to the <paramref name="share"/>'s elements of a cell: adds what it
    /// makes of them, and leaves zeros.</summary>
    public abstract void MoveWeightGradients(WinogradPlanes planes, WinogradTiles tiles, float* weightGradients, Share share);

    private static WinogradTransforms Of<TOps, TVector>(WinogradTiles tiles)
        where TOps : struct, IVectorOps<TVector>
        where TVector : struct => tiles.Side == FourPoints<TOps, TVector>.Side
            ? new VectorWinogradTransforms<TOps, TVector, FourPoints<TOps, TVector>>()
            : new VectorWinogradTransforms<TOps, TVector, SixPoints<TOps, TVector>>();
}
