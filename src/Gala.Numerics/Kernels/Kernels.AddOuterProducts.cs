using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    /// <summary>Left columns that <see cref="AddOuterProducts"/> takes at once: who splits them loses nothing at multiples of it.</summary>
    public const int OuterProductTile = 8;

    /// <summary>C ← C + Σₖ xₖᵀ yₖ: the gradient of a layer's weights, summed over a batch or over an image's output pixels.</summary>
    /// <param name="rows">Number of terms k.</param>
    /// <param name="left">xₖ starts at <paramref name="left"/> + <paramref name="leftOffsets"/>[k]. Owned by the caller.</param>
    /// <param name="leftOffsets">Shape [rows], in floats. Owned by the caller.</param>
    /// <param name="leftColumns">Length of xₖ.</param>
    /// <param name="right">yₖ starts at <paramref name="right"/> + <paramref name="rightOffsets"/>[k]. Owned by the caller.</param>
    /// <param name="rightOffsets">Shape [rows], in floats. Owned by the caller.</param>
    /// <param name="rightColumns">Length of yₖ; the memory must be readable (any value) for one vector beyond its end.</param>
    /// <param name="target">C, shape [leftColumns, rightColumns], row-major; updated. Owned by the caller.</param>
    /// <param name="width">Vector width; the widest if null.</param>
    /// <remarks>Each element is one chain of fused multiply-adds from C on, in the order of k: the same bits for every vector
    /// width. Allocates nothing.</remarks>
    public static void AddOuterProducts(
        int rows, float* left, int* leftOffsets, int leftColumns, float* right, int* rightOffsets, int rightColumns, float* target,
        SimdWidth? width = null)
    {
        OuterProductArguments arguments = new()
        {
            Rows = rows,
            Left = left,
            LeftOffsets = leftOffsets,
            LeftColumns = leftColumns,
            Right = right,
            RightOffsets = rightOffsets,
            RightColumns = rightColumns,
            Target = target,
        };
        switch ((width ?? SimdWidth.Widest).Lanes)
        {
            case 16:
                OuterProduct<Ops512, Vector512<float>>.Run(arguments);
                break;
            case 8:
                OuterProduct<Ops256, Vector256<float>>.Run(arguments);
                break;
            case 4:
                OuterProduct<Ops128, Vector128<float>>.Run(arguments);
                break;
            default:
                OuterProduct<OpsScalar, float>.Run(arguments);
                break;
        }
    }
}
