using Gala.Numerics;

namespace Gala.Networks;

/// <summary>Finds the elements of a row that are not zero, if they are few enough to be worth a way of their own.</summary>
/// <remarks>Boards of games are mostly empty, and behind a rectifier most features are zero: in trained MinAtar networks 1 to 6% of the
/// inputs, 2 to 8% of the convolution's and 4 to 14% of the hidden layer's outputs are not.</remarks>
/// <param name="length">Elements of a row.</param>
internal sealed class Nonzeros(int length)
{
    private const int OneIn = 4; // with more of them the plain product, which reuses weights over rows, is faster

    private readonly int[] _indices = new int[length / OneIn];
    private int _count;

    /// <summary>Indices of the row looked at last, increasing.</summary>
    public ReadOnlySpan<int> Found => _indices.AsSpan(0, _count);

    /// <summary>Whether at most a quarter of the elements are not zero.</summary>
    public bool AreFew(ReadOnlySpan<float> row)
    {
        int count = Kernels.Nonzeros(row, _indices);
        _count = Math.Max(count, 0);
        return count >= 0;
    }
}
