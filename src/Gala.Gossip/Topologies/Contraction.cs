namespace Gala.Gossip;

/// <summary>How much mixing shrinks the disagreement: the largest singular value of (I − J)P, with J = 11ᵀ/n.</summary>
/// <remarks>P1 = 1, so (I − J)Px = (I − J)P(I − J)x: that value is the exact factor on the disagreement space, and P's
/// second-largest singular value where P is doubly stochastic.</remarks>
internal static class Contraction
{
    /// <summary>β of a mixing matrix, or of the product of <paramref name="rounds"/> of them per round.</summary>
    public static double Factor(double[,] matrix, int rounds = 1)
    {
        double[][] columns = DisagreementColumns(matrix);
        // The square of the largest singular value is as accurate as that value itself; only the small ones would suffer.
        double largest = Math.Sqrt(LargestEigenvalue.Of(Products(columns)));
        // What centring leaves of a matrix that agrees at once is rounding, not disagreement.
        return largest < 1e-14 * columns.Length ? 0 : Math.Pow(largest, 1.0 / rounds);
    }

    public static double[,] Multiply(double[,] left, double[,] right)
    {
        int size = left.GetLength(0);
        double[,] product = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                for (int k = 0; k < size; k++)
                {
                    product[row, column] += left[row, k] * right[k, column];
                }
            }
        }

        return product;
    }

    private static double[][] DisagreementColumns(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        double[][] columns = new double[size][];
        for (int column = 0; column < size; column++)
        {
            double[] entries = [.. Enumerable.Range(0, size).Select(row => matrix[row, column])];
            double mean = entries.Sum() / size;
            columns[column] = [.. entries.Select(entry => entry - mean)];
        }

        return columns;
    }

    /// <summary>The lower triangle of what the columns' inner products are.</summary>
    private static double[][] Products(double[][] columns)
    {
        double[][] products = [.. columns.Select(_ => new double[columns.Length])];
        for (int row = 0; row < columns.Length; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double sum = 0;
                for (int i = 0; i < columns.Length; i++)
                {
                    sum += columns[row][i] * columns[column][i];
                }

                products[row][column] = sum;
            }
        }

        return products;
    }
}
