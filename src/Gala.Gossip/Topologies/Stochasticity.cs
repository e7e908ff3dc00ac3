namespace Gala.Gossip;

/// <summary>Sums of a mixing matrix's rows and columns.</summary>
internal static class Stochasticity
{
    private const double Tolerance = 1e-12; // weights are sums of at most a few thousand exactly rounded quotients

    public static bool RowsSumToOne(double[,] matrix) =>
        SumsAreOne(matrix.GetLength(0), matrix.GetLength(1), (row, column) => matrix[row, column]);

    public static bool ColumnsSumToOne(double[,] matrix) =>
        SumsAreOne(matrix.GetLength(1), matrix.GetLength(0), (column, row) => matrix[row, column]);

    private static bool SumsAreOne(int outer, int inner, Func<int, int, double> element) =>
        Enumerable.Range(0, outer).All(i => Math.Abs(Enumerable.Range(0, inner).Sum(j => element(i, j)) - 1) <= Tolerance);
}
