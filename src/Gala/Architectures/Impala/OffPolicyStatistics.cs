using Gala.Environments;

namespace Gala.Architectures;

/// <summary>How far the trajectories that a learner learned from were from its policy. Written by the learner's thread; any may read.</summary>
public sealed class OffPolicyStatistics : IResumable
{
    private long _trajectories;
    private long _lags;
    private long _largestLag;
    private long _updates;
    private double _clippedShares;

    /// <summary>Updates that the parameters of a trajectory were behind when it was learned from, on average; null before the first.</summary>
    public double? MeanLag => Mean(Volatile.Read(ref _lags), Volatile.Read(ref _trajectories));

    /// <summary>The most updates that a trajectory was behind; null before the first.</summary>
    public double? LargestLag => Volatile.Read(ref _trajectories) > 0 ? Volatile.Read(ref _largestLag) : null;

    /// <summary>Share of all steps whose ratio π/μ was cut at ρ̄; null before the first update.</summary>
    public double? ClippedShare => Mean(Volatile.Read(ref _clippedShares), Volatile.Read(ref _updates));

    /// <summary>Takes in the age of one trajectory, in updates.</summary>
    public void RecordLag(long lag)
    {
        Volatile.Write(ref _lags, _lags + lag);
        Volatile.Write(ref _largestLag, Math.Max(_largestLag, lag));
        Volatile.Write(ref _trajectories, _trajectories + 1);
    }

    /// <summary>Takes in one update.</summary>
    /// <param name="clippedShare">Of its steps, 0 to 1.</param>
    public void RecordUpdate(double clippedShare)
    {
        Volatile.Write(ref _clippedShares, _clippedShares + clippedShare);
        Volatile.Write(ref _updates, _updates + 1);
    }

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_trajectories);
        writer.Write(_lags);
        writer.Write(_largestLag);
        writer.Write(_updates);
        writer.Write(_clippedShares);
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (_trajectories, _lags, _largestLag) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        (_updates, _clippedShares) = (reader.ReadInt64(), reader.ReadDouble());
    }

    private static double? Mean(double sum, long count) => count > 0 ? sum / count : null;
}
