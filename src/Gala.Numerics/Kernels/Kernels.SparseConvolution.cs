using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    /// <summary>One image's convolution from the few elements that are not zero: y = max(floor, b + Σ x W).</summary>
    /// <param name="image">Channels-last image. Owned by the caller.</param>
    /// <param name="nonzeros">Indices of the image's nonzero elements, increasing.</param>
    /// <param name="taps">The convolution's shape; filters a multiple of the vector width.</param>
    /// <param name="weights">W as <see cref="TapTable.LayOut"/> leaves it; finite. Owned by the caller.</param>
    /// <param name="bias">b, shape [filters]. Owned by the caller.</param>
    /// <param name="floor">0 for a rectifier, negative infinity for none.</param>
    /// <param name="target">y, shape [pixels, filters]; written. Owned by the caller.</param>
    /// <param name="width">Vector width; the widest if null.</param>
    /// <remarks>The terms that are left out are those that change nothing, and the others come in the same order, so the outputs have the
    /// bits of <see cref="MultiplyRows(int, RowLayout, RowSegments, PackedMatrix, float*, float, RowLayout)"/>. Allocates nothing.</remarks>
    public static void ConvolveSparse(
        float* image, ReadOnlySpan<int> nonzeros, TapTable taps, float* weights, float* bias, float floor, float* target, SimdWidth? width = null)
    {
        ArgumentNullException.ThrowIfNull(taps);
        switch ((width ?? SimdWidth.Widest).Lanes)
        {
            case 16:
                SparseConvolution<Ops512, Vector512<float>>.Forward(image, nonzeros, taps, weights, bias, floor, target);
                break;
            case 8:
                SparseConvolution<Ops256, Vector256<float>>.Forward(image, nonzeros, taps, weights, bias, floor, target);
                break;
            case 4:
                SparseConvolution<Ops128, Vector128<float>>.Forward(image, nonzeros, taps, weights, bias, floor, target);
                break;
            default:
                SparseConvolution<OpsScalar, float>.Forward(image, nonzeros, taps, weights, bias, floor, target);
                break;
        }
    }

    /// <summary>Adds one image's share of a convolution's weight gradient: ∂W += Σ x ∂y, over the elements that are not zero.</summary>
    /// <param name="image">Channels-last image. Owned by the caller.</param>
    /// <param name="nonzeros">Indices of the image's nonzero elements, increasing.</param>
    /// <param name="taps">The convolution's shape; filters a multiple of the vector width.</param>
    /// <param name="gradients">∂y, shape [pixels, filters]; finite. Owned by the caller.</param>
    /// <param name="weightGradients">∂W as <see cref="TapTable.LayOut"/> would leave it; updated. Owned by the caller.</param>
    /// <param name="width">Vector width; the widest if null.</param>
    /// <remarks>Same bits as <see cref="AddOuterProducts"/>. Allocates nothing.</remarks>
    public static void AddSparseWeightGradients(
        float* image, ReadOnlySpan<int> nonzeros, TapTable taps, float* gradients, float* weightGradients, SimdWidth? width = null)
    {
        ArgumentNullException.ThrowIfNull(taps);
        switch ((width ?? SimdWidth.Widest).Lanes)
        {
            case 16:
                SparseConvolution<Ops512, Vector512<float>>.AddWeightGradients(image, nonzeros, taps, gradients, weightGradients);
                break;
            case 8:
                SparseConvolution<Ops256, Vector256<float>>.AddWeightGradients(image, nonzeros, taps, gradients, weightGradients);
                break;
            case 4:
                SparseConvolution<Ops128, Vector128<float>>.AddWeightGradients(image, nonzeros, taps, gradients, weightGradients);
                break;
            default:
                SparseConvolution<OpsScalar, float>.AddWeightGradients(image, nonzeros, taps, gradients, weightGradients);
                break;
        }
    }
}
