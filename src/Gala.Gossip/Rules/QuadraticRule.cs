namespace Gala.Gossip;

/// <summary>Rarer exchanges as the learning rate falls: periods of H = max(H₀, ⌊(a/η)²⌋) updates, with an exchange after each.</summary>
/// <remarks>Source: Gu, Lyu, Arora, Zhang, Huang, "A Quadratic Synchronization Rule for Distributed Deep Learning", ICLR 2024. η is that of
/// the period's first update. No period goes on beyond the last update of the run, which is followed by an exchange.</remarks>
public sealed class QuadraticRule : IGossipRule
{
    private readonly long _shortest;
    private readonly double _growth;
    private readonly long _lastUpdate;
    private long _due; // the last update of the present period

    /// <summary>A rule for one agent.</summary>
    /// <param name="shortest">H₀, 1 or more.</param>
    /// <param name="growth">a, in the units of η, above 0.</param>
    /// <param name="lastUpdate">The agent's last update of the run, if it makes as many as the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public QuadraticRule(long shortest, double growth, long lastUpdate = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shortest, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(growth);
        (_shortest, _growth, _lastUpdate) = (shortest, growth, lastUpdate);
    }

    /// <inheritdoc />
    public bool IsCommon => true;

    /// <summary>H for a learning rate (η), of a run that goes on for ever.</summary>
    public long Period(double learningRate)
    {
        double ratio = _growth / learningRate;
        return Math.Max(_shortest, (long)Math.Min(ratio * ratio, long.MaxValue));
    }

    /// <inheritdoc />
    public bool IsDue(in CompletedUpdate update)
    {
        if (update.Number > _due)
        {
            long left = Math.Max(1, _lastUpdate - update.Number + 1);
            _due = update.Number - 1 + Math.Min(left, Period(update.LearningRate));
        }

        return update.Number == _due;
    }

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_due);
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _due = reader.ReadInt64();
    }
}
