namespace Gala.Gossip;

/// <summary>How much mixing shrinks the disagreement: the largest singular value of (I − J)P, with J = 11ᵀ/n.</summary>
/// <remarks>P1 = 1, so (I − J)Px = (I − J)P(I − J)x: that value is the exact factor on the disagreement space, and P's
/// second-largest singular value where P is doubly stochastic.</remarks>
internal static class Contraction
{
    private const int MaxSweeps = 60; // Jacobi converges quadratically; ten sweeps are many
    private const double Orthogonal = 1e-15;

    /// <summary>β of a mixing matrix, or of the product of <paramref name="rounds"/> of them per round.</summary>
    public static double Factor(double[,] matrix, int rounds = 1)
    {
        double[][] columns = DisagreementColumns(matrix);
        Orthogonalise(columns);
        double largest = Math.Sqrt(columns.Max(column => Dot(column, column)));
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

    /// <summary>One-sided Jacobi (Hestenes 1958): rotates pairs of columns until all are orthogonal; their norms are then the
    /// singular values, accurate to rounding even where they are tiny, which eigenvalues of PᵀP would not be.</summary>
    private static void Orthogonalise(double[][] columns)
    {
        bool rotated = true;
        for (int sweep = 0; rotated && sweep < MaxSweeps; sweep++)
        {
            rotated = false;
            for (int left = 0; left < columns.Length; left++)
            {
                for (int right = left + 1; right < columns.Length; right++)
                {
                    rotated |= Rotate(columns[left], columns[right]);
                }
            }
        }
    }

    private static bool Rotate(double[] left, double[] right)
    {
        double leftSquare = Dot(left, left);
        double rightSquare = Dot(right, right);
        double product = Dot(left, right);
        if (Math.Abs(product) <= Math.Max(Orthogonal * Math.Sqrt(leftSquare * rightSquare), 1e-300))
        {
            return false;
        }

        double cotangent = (rightSquare - leftSquare) / (2 * product); // of twice the angle
        double tangent = (cotangent < 0 ? -1 : 1) / (Math.Abs(cotangent) + Math.Sqrt(1 + (cotangent * cotangent)));
        double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        double sine = cosine * tangent;
        for (int i = 0; i < left.Length; i++)
        {
            (left[i], right[i]) = ((cosine * left[i]) - (sine * right[i]), (sine * left[i]) + (cosine * right[i]));
        }

        return true;
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
