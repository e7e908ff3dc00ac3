using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    /// <summary>y = max(floor, x W + b) for one row x of which only some elements are not zero.</summary>
    /// <param name="left">x, shape [inputs]. Owned by the caller.</param>
    /// <param name="nonzeros">Indices of the elements that are not zero, increasing.</param>
    /// <param name="weights">W, shape [inputs, outputs], row-major, readable for one vector beyond its end; finite. Owned by the caller.</param>
    /// <param name="outputs">Columns of W.</param>
    /// <param name="bias">b, shape [outputs], readable for one vector beyond its end; null for zero. Owned by the caller.</param>
    /// <param name="floor">0 for a rectifier, negative infinity for none.</param>
    /// <param name="target">y, shape [outputs]; written. Owned by the caller.</param>
    /// <param name="width">Vector width; the widest if null.</param>
    /// <remarks>The terms that are left out change nothing and the others come in the same order, so the outputs have the bits of
    /// <see cref="MultiplyRows(int, RowLayout, RowSegments, PackedMatrix, float*, float, RowLayout)"/>. Allocates nothing.</remarks>
    public static void MultiplySparseRow(
        float* left,
        ReadOnlySpan<int> nonzeros,
        float* weights,
        int outputs,
        float* bias,
        float floor,
        float* target,
        SimdWidth? width = null)
    {
        switch ((width ?? SimdWidth.Widest).Lanes)
        {
            case 16:
                SparseRow<Ops512, Vector512<float>>.Multiply(left, nonzeros, weights, outputs, bias, floor, target);
                break;
            case 8:
                SparseRow<Ops256, Vector256<float>>.Multiply(left, nonzeros, weights, outputs, bias, floor, target);
                break;
            case 4:
                SparseRow<Ops128, Vector128<float>>.Multiply(left, nonzeros, weights, outputs, bias, floor, target);
                break;
            default:
                SparseRow<OpsScalar, float>.Multiply(left, nonzeros, weights, outputs, bias, floor, target);
                break;
        }
    }

    /// <summary>C ← C + xᵀ y for one row x of which only some elements are not zero.</summary>
    /// <param name="left">x. Owned by the caller.</param>
    /// <param name="nonzeros">Indices of the elements that are not zero.</param>
    /// <param name="right">y, shape [columns]; finite. Owned by the caller.</param>
    /// <param name="columns">Length of y.</param>
    /// <param name="target">C, shape [length of x, columns], row-major; updated. Owned by the caller.</param>
    /// <param name="width">Vector width; the widest if null.</param>
    /// <remarks>Same bits as <see cref="AddOuterProducts"/>. Allocates nothing.</remarks>
    public static void AddSparseOuterProduct(
        float* left, ReadOnlySpan<int> nonzeros, float* right, int columns, float* target, SimdWidth? width = null)
    {
        switch ((width ?? SimdWidth.Widest).Lanes)
        {
            case 16:
                SparseRow<Ops512, Vector512<float>>.AddOuterProduct(left, nonzeros, right, columns, target);
                break;
            case 8:
                SparseRow<Ops256, Vector256<float>>.AddOuterProduct(left, nonzeros, right, columns, target);
                break;
            case 4:
                SparseRow<Ops128, Vector128<float>>.AddOuterProduct(left, nonzeros, right, columns, target);
                break;
            default:
                SparseRow<OpsScalar, float>.AddOuterProduct(left, nonzeros, right, columns, target);
                break;
        }
    }
}
