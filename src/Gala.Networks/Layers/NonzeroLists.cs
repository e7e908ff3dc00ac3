using Gala.Numerics;

namespace Gala.Networks;

/// <summary>Which elements of a buffer's rows are not zero, for rows where these are few enough to be worth ways of their own.</summary>
/// <remarks>Boards of games are mostly empty, and behind a rectifier most features are zero: in MinAtar networks 1 to 6% of the inputs,
/// 2 to 9% of the convolution's and 4 to 27% of the hidden layer's outputs are not. The layer that reads the buffer lists them once,
/// in its forward pass; behind a rectifier the gradients are zero wherever the values are, so the backward pass uses the same lists.</remarks>
/// <param name="rows">Rows of the buffer.</param>
/// <param name="length">Elements of a row.</param>
/// <param name="listedOneIn">Rows with more nonzero elements than one in so many are not listed: looking at a dense row ends early.</param>
internal sealed unsafe class NonzeroLists(int rows, int length, int listedOneIn) : IDisposable
{
    private const int SparseOneIn = 4; // with more of them plain products, which reuse weights over rows, are faster
    private const int Unlisted = -1;

    private readonly int _capacity = length / listedOneIn;
    private readonly int _stride = (length / listedOneIn) + Kernels.NonzerosMargin;
    private readonly AlignedBuffer<int> _indices = new(rows * ((length / listedOneIn) + Kernels.NonzerosMargin));
    private readonly int[] _counts = NewCounts(rows);

    /// <summary>Lists a row's elements anew.</summary>
    public void List(int row, float* values) => _counts[row] = Kernels.Nonzeros(values, length, _indices.Data + ((nint)row * _stride), _capacity);

    /// <summary>Whether a row has few enough nonzero elements to be listed.</summary>
    public bool Has(int row) => _counts[row] != Unlisted;

    /// <summary>Whether at most a quarter of a row's elements are not zero.</summary>
    public bool IsSparse(int row) => _counts[row] != Unlisted && _counts[row] * SparseOneIn <= length;

    /// <summary>Indices of a listed row, increasing.</summary>
    public ReadOnlySpan<int> Of(int row) => new(_indices.Data + ((nint)row * _stride), _counts[row]);

    /// <summary>Those of the indices of a listed row that lie in a range.</summary>
    public ReadOnlySpan<int> Of(int row, int first, int length)
    {
        ReadOnlySpan<int> all = Of(row);
        return all[CountBelow(all, first)..CountBelow(all, first + length)];
    }

    public void Dispose() => _indices.Dispose();

    /// <summary>How many of the indices are below a value.</summary>
    private static int CountBelow(ReadOnlySpan<int> indices, int value)
    {
        (int low, int high) = (0, indices.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = indices[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int[] NewCounts(int rows)
    {
        int[] counts = new int[rows];
        Array.Fill(counts, Unlisted);
        return counts;
    }
}
