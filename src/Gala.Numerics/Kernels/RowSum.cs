namespace Gala.Numerics;

/// <summary>The sum of a matrix's rows.</summary>
internal static unsafe class RowSum<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static void Run(int rows, float* source, nint stride, float* sums, int columns)
    {
        int column = 0;
        for (; column + (2 * TOps.Lanes) <= columns; column += 2 * TOps.Lanes)
        {
            Columns<PairOps<TOps, TVector>, Pair<TVector>>(rows, source + column, stride, sums + column);
        }

        for (; column + TOps.Lanes <= columns; column += TOps.Lanes)
        {
            Columns<TOps, TVector>(rows, source + column, stride, sums + column);
        }

        for (; column < columns; column++)
        {
            Columns<OpsScalar, float>(rows, source + column, stride, sums + column);
        }
    }

    private static void Columns<TBlockOps, TBlock>(int rows, float* source, nint stride, float* sums)
        where TBlockOps : struct, IVectorOps<TBlock>
        where TBlock : struct
    {
        TBlock sum = TBlockOps.Load(sums);
        for (int row = 0; row < rows; row++)
        {
            sum = TBlockOps.Add(sum, TBlockOps.Load(source));
            source += stride;
        }

        TBlockOps.Store(sum, sums);
    }
}
