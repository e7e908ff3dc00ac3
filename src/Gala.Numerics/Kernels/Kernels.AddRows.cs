using System.Runtime.Intrinsics;

namespace Gala.Numerics;

public static unsafe partial class Kernels
{
    /// <summary>s ← s + Σᵣ xᵣ: the gradient of a layer's biases.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="source">Shape [rows, columns] at <paramref name="stride"/> floats a row. Owned by the caller.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="sums">s, shape [columns]; updated.</param>
    /// <remarks>Each sum is one chain in the order of the rows: the same bits for every vector width. Allocates nothing.</remarks>
    public static void AddRows(int rows, float* source, nint stride, Span<float> sums)
    {
        fixed (float* target = sums)
        {
            switch (SimdWidth.Widest.Lanes)
            {
                case 16:
                    RowSum<Ops512, Vector512<float>>.Run(rows, source, stride, target, sums.Length);
                    break;
                case 8:
                    RowSum<Ops256, Vector256<float>>.Run(rows, source, stride, target, sums.Length);
                    break;
                case 4:
                    RowSum<Ops128, Vector128<float>>.Run(rows, source, stride, target, sums.Length);
                    break;
                default:
                    RowSum<OpsScalar, float>.Run(rows, source, stride, target, sums.Length);
                    break;
            }
        }
    }
}
