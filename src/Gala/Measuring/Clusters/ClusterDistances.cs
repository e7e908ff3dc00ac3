using Gala.Gossip;
using Gala.Numerics;

namespace Gala.Measuring.Clusters;

/// <summary>Takes the agents' distances from their mean now and then, from when the first agent is half-way until the first one is done.</summary>
internal sealed class ClusterDistances(ClusterOptions options, int agents)
{
    private const int Samples = 50;

    private readonly TimeSpan _interval = options.Compute.Mean * options.Updates / (2 * Samples);
    private readonly float[] _mean = new float[RandomDirections.Length];
    private readonly double[] _sums = new double[RandomDirections.Length];
    private TimeSpan? _next;
    private bool _isOver;
    private double _total;
    private long _taken;

    public double Max { get; private set; }

    public double Mean => _taken > 0 ? _total / (_taken * agents) : 0;

    /// <summary>To be told of every exchange.</summary>
    public void Observe(Simulation simulation, long update, TimeSpan now)
    {
        _next ??= 2 * update >= options.Updates ? now : null;
        if (!_isOver && now >= _next)
        {
            _next = now + _interval;
            _isOver = update == options.Updates;
            Take(simulation);
        }
    }

    private void Take(Simulation simulation)
    {
        Array.Clear(_sums);
        for (int rank = 0; rank < agents; rank++)
        {
            ReadOnlySpan<float> parameters = simulation.ParametersOf(rank);
            for (int i = 0; i < _sums.Length; i++)
            {
                _sums[i] += parameters[i];
            }
        }

        for (int i = 0; i < _sums.Length; i++)
        {
            _mean[i] = (float)(_sums[i] / agents);
        }

        _taken++;
        for (int rank = 0; rank < agents; rank++)
        {
            double distance = Math.Sqrt(Kernels.SquaredDistance(simulation.ParametersOf(rank), _mean));
            Max = Math.Max(Max, distance);
            _total += distance;
        }
    }
}
