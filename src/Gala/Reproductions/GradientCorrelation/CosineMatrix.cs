using Gala.Networks;

namespace Gala.Reproductions;

/// <summary>Means of the cosines between every two of n vectors, over many sets of them.</summary>
/// <param name="vectors">n.</param>
internal sealed class CosineMatrix(int vectors)
{
    private readonly double[,] _sums = new double[vectors, vectors];
    private int _sets;

    /// <summary>Cosine of two vectors, summed in double precision; 0 where one of them is zero.</summary>
    public static double Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        (double product, double leftSquare, double rightSquare) = (0, 0, 0);
        for (int i = 0; i < left.Length; i++)
        {
            (double a, double b) = (left[i], right[i]);
            product += a * b;
            leftSquare += a * a;
            rightSquare += b * b;
        }

        return product == 0 ? 0 : product / Math.Sqrt(leftSquare * rightSquare);
    }

    /// <summary>Adds a set; returns the mean cosine of two different vectors of it.</summary>
    public double Add(IReadOnlyList<ParameterVector> set)
    {
        double others = 0;
        for (int row = 0; row < vectors; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double cosine = Cosine(set[row].Span, set[column].Span);
                _sums[row, column] += cosine;
                others += row == column ? 0 : cosine;
            }
        }

        _sets++;
        return others / (vectors * (vectors - 1) / 2);
    }

    /// <summary>The means, symmetric.</summary>
    public double[][] Means() =>
        [.. Enumerable.Range(0, vectors).Select(row => Enumerable.Range(0, vectors).Select(column => _sums[Math.Max(row, column), Math.Min(row, column)] / _sets).ToArray())];
}
