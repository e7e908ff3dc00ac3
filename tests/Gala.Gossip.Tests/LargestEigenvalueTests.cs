namespace Gala.Gossip.Tests;

public sealed class LargestEigenvalueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(64)]
    public void Of_ThePathsSecondDifferences_IsTheClosedForm(int size)
    {
        // 2 on the diagonal, -1 beside it: 2 - 2 cos(nπ / (n + 1)).
        double[][] matrix = Make(size, (i, j) => i == j ? 2 : i - j == 1 ? -1 : 0);
        Assert.Equal(2 - (2 * Math.Cos(size * Math.PI / (size + 1))), LargestEigenvalue.Of(matrix), 1e-13);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(33)]
    public void Of_AReflectedDiagonal_IsItsLargestElement(int size)
    {
        // Q D Q with Q = I - 2uuᵀ has the eigenvalues of D.
        Random random = new(size);
        double[] u = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.5)];
        double square = u.Sum(x => x * x);
        double[] diagonal = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble())];
        double Q(int i, int j) => (i == j ? 1 : 0) - (2 * u[i] * u[j] / square);
        foreach (double scale in (double[])[1, 1e-30, 1e30])
        {
            double[][] matrix = Make(size, (i, j) => scale * Enumerable.Range(0, size).Sum(k => Q(i, k) * diagonal[k] * Q(k, j)));
            Assert.Equal(diagonal.Max(), LargestEigenvalue.Of(matrix) / scale, 1e-13);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1e-170)]
    public void Of_EqualElements_IsTheirSum(double element) =>
        Assert.Equal(7 * element, LargestEigenvalue.Of(Make(7, (_, _) => element)), 1e-14);

    private static double[][] Make(int size, Func<int, int, double> element) =>
        [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Select(j => element(i, j)).ToArray())];
}
