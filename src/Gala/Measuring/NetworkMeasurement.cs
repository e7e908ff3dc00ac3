namespace Gala.Measuring;

/// <summary>One of an agent's works on its network.</summary>
/// <param name="Preset">Name of the network.</param>
/// <param name="Observations"><c>dense</c>: no zeros; <c>boards</c>: 5% ones, the rest zeros; <c>played</c>: those of a network that
/// has learnt for a while, with its parameters.</param>
/// <param name="Work"><c>act</c>: forward and drawn actions; <c>forward</c>; <c>update</c>: returns, loss, backward, clipping, RMSProp, and the
/// new weights taken up by one row's forward pass.</param>
/// <param name="Rows">Number of observations.</param>
/// <param name="Microseconds">Median time.</param>
/// <param name="MinimumMicroseconds">Shortest time.</param>
/// <param name="GigaflopsPerSecond">Work by plain arithmetic, by the median time.</param>
/// <param name="ShareOfPeak">Of the best multiply-add peak of the same measuring; above 1 where arithmetic was saved.</param>
public sealed record NetworkMeasurement(
    string Preset,
    string Observations,
    string Work,
    int Rows,
    double Microseconds,
    double MinimumMicroseconds,
    double GigaflopsPerSecond,
    double ShareOfPeak);
