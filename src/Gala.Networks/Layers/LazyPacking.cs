using Gala.Numerics;

namespace Gala.Networks;

/// <summary>Weights packed for plain products when the first of them needs it: an update whose rows are all sparse needs none.</summary>
/// <param name="rows">Of the packed matrix.</param>
/// <param name="columns">Of the packed matrix.</param>
/// <param name="transposed">Whether it is the transpose of the weights.</param>
internal sealed unsafe class LazyPacking(int rows, int columns, bool transposed) : IDisposable
{
    private readonly PackedMatrix _matrix = new(rows, columns);
    private int _taken; // panels that some thread has taken on, or more; threads count it up atomically
    private int _packed; // panels that are done; counted up after each, which publishes it

    /// <summary>Says that the weights changed. No other thread is at work then.</summary>
    public void Outdate() => (_taken, _packed) = (0, 0);

    /// <summary>The packed weights.</summary>
    public PackedMatrix Of(float* weights, int stride)
    {
        if (Volatile.Read(ref _packed) < _matrix.PanelCount)
        {
            PackTogether(weights, stride);
        }

        return _matrix;
    }

    public void Dispose() => _matrix.Dispose();

    // Threads that share out rows come to the same weights about the same time, and share out the panels first.
    private void PackTogether(float* weights, int stride)
    {
        for (int panel = Take(); panel < _matrix.PanelCount; panel = Take())
        {
            Pack(panel, weights, stride);
            Interlocked.Increment(ref _packed);
        }

        SpinWait spin = default;
        while (Volatile.Read(ref _packed) < _matrix.PanelCount)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private int Take() => Interlocked.Increment(ref _taken) - 1;

    private void Pack(int panel, float* weights, int stride)
    {
        if (transposed)
        {
            _matrix.PackPanelTransposed(panel, weights, stride);
        }
        else
        {
            _matrix.PackPanel(panel, weights, stride);
        }
    }
}
