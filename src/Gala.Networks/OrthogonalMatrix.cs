using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A random matrix with orthonormal rows or columns, whichever are fewer, drawn uniformly from all such matrices.</summary>
internal sealed class OrthogonalMatrix
{
    private readonly double[][] _vectors;
    private readonly bool _vectorsAreRows;

    public OrthogonalMatrix(int rows, int columns, ulong seed, ulong stream)
    {
        _vectorsAreRows = rows < columns;
        int length = Math.Max(rows, columns);
        _vectors = new double[Math.Min(rows, columns)][];
        for (int i = 0; i < _vectors.Length; i++)
        {
            _vectors[i] = Normals(length, seed, stream, firstCounter: (ulong)i * (ulong)length);
            Orthonormalize(i);
        }
    }

    public double this[int row, int column] => _vectorsAreRows ? _vectors[row][column] : _vectors[column][row];

    // Gram-Schmidt, twice: once leaves errors that grow with the matrix's condition, twice leaves rounding only.
    private void Orthonormalize(int index)
    {
        double[] vector = _vectors[index];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int before = 0; before < index; before++)
            {
                AddScaled(vector, _vectors[before], -Dot(vector, _vectors[before]));
            }
        }

        double norm = Math.Sqrt(Dot(vector, vector));
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] /= norm;
        }
    }

    // Four sums in a fixed order: a number that followed the machine's vectors would change the last bits.
    private static double Dot(double[] left, double[] right)
    {
        (double a, double b, double c, double d) = (0, 0, 0, 0);
        int i = 0;
        for (; i + 4 <= left.Length; i += 4)
        {
            a += left[i] * right[i];
            b += left[i + 1] * right[i + 1];
            c += left[i + 2] * right[i + 2];
            d += left[i + 3] * right[i + 3];
        }

        for (; i < left.Length; i++)
        {
            a += left[i] * right[i];
        }

        return a + b + (c + d);
    }

    private static void AddScaled(double[] target, double[] source, double factor)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    // Box-Muller; 1 − u is in (0, 1], where the logarithm is finite.
    private static double[] Normals(int length, ulong seed, ulong stream, ulong firstCounter)
    {
        double[] normals = new double[length];
        for (int i = 0; i < length; i++)
        {
            (uint a, uint b, uint c, uint d) = Philox.Words(seed, firstCounter + (ulong)i, stream);
            double radius = Math.Sqrt(-2 * Math.Log(1 - Philox.ToUnitDouble(a, b)));
            normals[i] = radius * Math.Cos(2 * Math.PI * Philox.ToUnitDouble(c, d));
        }

        return normals;
    }
}
