namespace Gala.Cli.Watch;

/// <summary>An image observation as cells of a terminal: for each, which channel is shown and how strongly.</summary>
internal sealed class Board
{
    private const int LargestSide = 20;

    private readonly WatchFrame _frame;
    private readonly int _block; // pixels of the observation to a cell, each way
    private readonly int[] _counts; // cells in which a channel is on

    public Board(WatchFrame frame)
    {
        _frame = frame;
        Numerics.TensorShape shape = frame.Spec.Observation;
        _block = Math.Max(1, (Math.Max(shape.Height, shape.Width) + LargestSide - 1) / LargestSide);
        (Rows, Columns) = ((shape.Height + _block - 1) / _block, (shape.Width + _block - 1) / _block);
        _counts = [.. Enumerable.Range(0, shape.Channels).Select(CountOf)];
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The channel on top and its value in (0, 1]; null where all channels are off.</summary>
    /// <remarks>The rarest channel is on top: a ball before its wall, a bullet before an alien. Among equals it is the first.</remarks>
    public (int Channel, float Value)? At(int row, int column)
    {
        (int Channel, float Value)? top = null;
        for (int channel = 0; channel < _counts.Length; channel++)
        {
            float value = ValueOf(row, column, channel);
            if (value > 0 && (top is not { } shown || _counts[channel] < _counts[shown.Channel]))
            {
                top = (channel, Math.Min(value, 1));
            }
        }

        return top;
    }

    private int CountOf(int channel) => Enumerable.Range(0, Rows)
        .Sum(row => Enumerable.Range(0, Columns).Count(column => ValueOf(row, column, channel) > 0));

    private float ValueOf(int row, int column, int channel)
    {
        Numerics.TensorShape shape = _frame.Spec.Observation;
        float largest = 0;
        for (int y = row * _block; y < Math.Min((row + 1) * _block, shape.Height); y++)
        {
            for (int x = column * _block; x < Math.Min((column + 1) * _block, shape.Width); x++)
            {
                largest = Math.Max(largest, _frame.Observation[(((y * shape.Width) + x) * shape.Channels) + channel]);
            }
        }

        return largest;
    }
}
