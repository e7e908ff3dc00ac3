using System.Runtime.CompilerServices;

namespace Gala.Numerics;

/// <summary>Products of one row that has few elements which are not zero, as rows behind a rectifier have.</summary>
internal static unsafe class SparseRow<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static void Multiply(float* left, ReadOnlySpan<int> nonzeros, float* weights, int outputs, float* bias, float floor, float* target)
    {
        ColumnPanels panels = new(outputs, TOps.Lanes);
        for (int panel = 0; panel < panels.Count; panel++)
        {
            int first = panels.FirstVector(panel);
            switch (panels.FirstVector(panel + 1) - first)
            {
                case 1:
                    SparseRowPanel<TOps, TVector>.Run(left, nonzeros, weights, outputs, first * TOps.Lanes, bias, floor, target);
                    break;
                case 2:
                    SparseRowPanel<PairOps<TOps, TVector>, Pair<TVector>>.Run(left, nonzeros, weights, outputs, first * TOps.Lanes, bias, floor, target);
                    break;
                default:
                    SparseRowPanel<TripleOps<TOps, TVector>, Triple<TVector>>.Run(left, nonzeros, weights, outputs, first * TOps.Lanes, bias, floor, target);
                    break;
            }
        }
    }

    public static void AddOuterProduct(float* left, ReadOnlySpan<int> nonzeros, float* right, int columns, float* target)
    {
        fixed (int* indices = nonzeros)
        {
            AddOuterProduct(left, indices, nonzeros.Length, right, columns, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOuterProduct(float* left, int* indices, int count, float* right, int columns, float* target)
    {
        int whole = columns - (columns % TOps.Lanes);
        for (int n = 0; n < count; n++)
        {
            nint k = indices[n];
            float* row = target + (k * columns);
            for (nint i = 0; i < whole; i += TOps.Lanes)
            {
                TOps.Store(TOps.MultiplyAdd(TOps.Load(right + i), left + k, TOps.Load(row + i)), row + i);
            }

            for (int i = whole; i < columns; i++)
            {
                row[i] = Kernels.MultiplyAdd(right[i], left[k], row[i]);
            }
        }
    }
}
