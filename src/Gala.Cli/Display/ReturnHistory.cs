namespace Gala.Cli.Display;

/// <summary>How the mean return went, in bounded memory: when it is full, neighbours are merged.</summary>
internal sealed class ReturnHistory
{
    private const int Capacity = 512;
    private const string Levels = "▁▂▃▄▅▆▇█";

    private readonly List<double> _values = new(Capacity);
    private double _sum;
    private int _summed;
    private int _stride = 1; // reports to a value

    public void Add(double value)
    {
        (_sum, _summed) = (_sum + value, _summed + 1);
        if (_summed < _stride)
        {
            return;
        }

        _values.Add(_sum / _summed);
        (_sum, _summed) = (0, 0);
        if (_values.Count == Capacity)
        {
            double[] merged = [.. _values.Chunk(2).Select(pair => (pair[0] + pair[1]) / 2)];
            _values.Clear();
            _values.AddRange(merged);
            _stride *= 2;
        }
    }

    /// <summary>The whole history as a line of blocks, lowest to highest, at most <paramref name="width"/> of them.</summary>
    public string Sparkline(int width)
    {
        int columns = Math.Min(width, _values.Count);
        if (columns < 2)
        {
            return "";
        }

        double[] means = [.. Enumerable.Range(0, columns).Select(column => Mean(column, columns))];
        (double low, double high) = (means.Min(), means.Max());
        double range = high > low ? high - low : 1;
        return string.Concat(means.Select(mean => Levels[(int)Math.Round((mean - low) / range * (Levels.Length - 1))]));
    }

    private double Mean(int column, int columns)
    {
        int start = (int)((long)column * _values.Count / columns);
        int end = (int)((long)(column + 1) * _values.Count / columns);
        return _values.Skip(start).Take(end - start).Average();
    }
}
