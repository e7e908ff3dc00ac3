namespace Gala.Gossip;

/// <summary>An exchange while gradients change much: while the smoothed relative change of their norm, |‖gₜ‖ − ‖gₜ₋₁‖| / ‖gₜ₋₁‖, is δ or more.</summary>
/// <remarks>Source: Tyagi and Swany, "Accelerating distributed ML training via selective synchronization", CLUSTER 2023. Smoothed means: the plain mean of
/// the changes so far, from the hundredth on an exponential one that gives the newest a weight of 0.01. The first 25 updates are all followed
/// by an exchange, and so is one whose change is no number.</remarks>
public sealed class SignificantChange : IGossipRule
{
    private const int Window = 25;
    private const double Smoothing = 0.01;

    private readonly double _threshold;
    private long _changes;
    private double _change; // smoothed
    private double _norm = double.NaN; // of the update before

    /// <summary>A rule for one agent.</summary>
    /// <param name="threshold">δ; 0 is every update.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is negative.</exception>
    public SignificantChange(double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        _threshold = threshold;
    }

    /// <inheritdoc />
    public bool IsCommon => false;

    /// <inheritdoc />
    public bool IsDue(in CompletedUpdate update)
    {
        double change = Math.Abs(update.GradientNorm - _norm) / _norm;
        _norm = update.GradientNorm;
        if (!double.IsFinite(change))
        {
            return true; // the first update, or a norm of zero before: kept out of the mean
        }

        _changes++;
        _change += Math.Max(Smoothing, 1.0 / _changes) * (change - _change);
        return _changes < Window || _change >= _threshold;
    }

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_changes);
        writer.Write(_change);
        writer.Write(_norm);
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _changes = reader.ReadInt64();
        _change = reader.ReadDouble();
        _norm = reader.ReadDouble();
    }
}
