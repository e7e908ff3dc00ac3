using Gala.Numerics;

namespace Gala.Networks;

/// <summary>Weights packed for plain products when the first of them needs it: an update whose rows are all sparse needs none.</summary>
/// <param name="rows">Of the packed matrix.</param>
/// <param name="columns">Of the packed matrix.</param>
/// <param name="transposed">Whether it is the transpose of the weights.</param>
internal sealed unsafe class LazyPacking(int rows, int columns, bool transposed) : IDisposable
{
    private readonly PackedMatrix _matrix = new(rows, columns);
    private readonly Lock _packing = new(); // threads that share out rows come to the same weights
    private bool _packed;

    /// <summary>Says that the weights changed. No other thread is at work then.</summary>
    public void Outdate() => _packed = false;

    /// <summary>The packed weights.</summary>
    public PackedMatrix Of(float* weights, int stride)
    {
        if (!Volatile.Read(ref _packed))
        {
            lock (_packing)
            {
                if (!_packed)
                {
                    Pack(weights, stride);
                    Volatile.Write(ref _packed, true);
                }
            }
        }

        return _matrix;
    }

    public void Dispose() => _matrix.Dispose();

    private void Pack(float* weights, int stride)
    {
        if (transposed)
        {
            _matrix.PackTransposed(weights, stride);
        }
        else
        {
            _matrix.Pack(weights, stride);
        }
    }
}
