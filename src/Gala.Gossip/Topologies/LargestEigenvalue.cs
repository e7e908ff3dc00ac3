namespace Gala.Gossip;

/// <summary>The largest eigenvalue of a symmetric matrix, in 4n³/3 multiply-adds.</summary>
/// <remarks>Householder's reflections make the matrix tridiagonal (Golub and Van Loan 2013, section 8.3.1), then signs of pivots halve the interval that
/// the eigenvalue lies in (Sylvester's law of inertia; section 8.4.1). Its error is that of rounding, relative to itself: nothing has to converge.</remarks>
internal static class LargestEigenvalue
{
    private const double Nothing = 1e-200; // a square so small that dividing by it could overflow, and its root far below any use here

    /// <param name="matrix">Symmetric; its lower triangle is read, and all of it overwritten.</param>
    public static double Of(double[][] matrix)
    {
        int size = matrix.Length;
        double[] squares = new double[size]; // of what is left and right of the diagonal: [i] stands between i − 1 and i
        for (int column = 0; column < size - 1; column++)
        {
            squares[column + 1] = Reflect(matrix, column);
        }

        return Bisect([.. matrix.Select((row, i) => row[i])], squares);
    }

    /// <summary>Clears a column below the element under the diagonal, by A ← HAH; returns that element's square.</summary>
    private static double Reflect(double[][] matrix, int column)
    {
        int first = column + 1;
        int size = matrix.Length;
        double[] vector = [.. matrix[first..].Select(row => row[column])]; // v of H = I − βvvᵀ
        double square = Dot(vector, vector);
        if (square - (vector[0] * vector[0]) < Nothing)
        {
            return vector[0] * vector[0];
        }

        vector[0] += Math.CopySign(Math.Sqrt(square), vector[0]);
        double scale = 2 / Dot(vector, vector);
        double[] products = new double[vector.Length]; // βAv
        for (int row = first; row < size; row++)
        {
            double sum = 0;
            for (int k = first; k < size; k++)
            {
                sum += (k <= row ? matrix[row][k] : matrix[k][row]) * vector[k - first];
            }

            products[row - first] = scale * sum;
        }

        double half = scale / 2 * Dot(vector, products);
        for (int row = first; row < size; row++)
        {
            products[row - first] -= half * vector[row - first];
        }

        for (int row = first; row < size; row++)
        {
            for (int k = first; k <= row; k++)
            {
                matrix[row][k] -= (vector[row - first] * products[k - first]) + (products[row - first] * vector[k - first]);
            }
        }

        return square;
    }

    private static double Bisect(double[] diagonal, double[] squares)
    {
        double low = diagonal.Max();
        double high = low + (2 * Math.Sqrt(squares.Max())); // Gershgorin's circles
        for (double middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2)
        {
            if (IsBelowAnEigenvalue(middle, diagonal, squares))
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    /// <summary>Whether A − xI has a positive pivot.</summary>
    private static bool IsBelowAnEigenvalue(double x, double[] diagonal, double[] squares)
    {
        double pivot = 1;
        for (int i = 0; i < diagonal.Length; i++)
        {
            pivot = diagonal[i] - x - (squares[i] / pivot);
            if (pivot > 0)
            {
                return true;
            }

            pivot = Math.Min(pivot, -double.Epsilon); // zero counts as a trace below it
        }

        return false;
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
