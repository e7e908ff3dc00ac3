namespace Gala.Networks;

/// <summary>Learning rate by number of updates done.</summary>
public sealed class LearningRateSchedule
{
    private readonly double _initial;
    private readonly long _total; // 0: constant

    private LearningRateSchedule(double initial, long total)
    {
        _initial = OptimizerSettings.NotNegative(initial, "learningRate");
        _total = total;
    }

    /// <summary>The same rate for ever.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public static LearningRateSchedule Constant(double learningRate) => new(learningRate, 0);

    /// <summary>η (1 − u / U), and 0 from U on.</summary>
    /// <param name="learningRate">η, at the first update.</param>
    /// <param name="totalUpdates">U ≥ 1, updates of the whole run.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite, or there is no update.</exception>
    public static LearningRateSchedule LinearToZero(double learningRate, long totalUpdates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalUpdates, 1);
        return new LearningRateSchedule(learningRate, totalUpdates);
    }

    /// <summary>The same schedule for a run of more updates: one that falls to 0 does so later, never sooner than now.</summary>
    /// <param name="totalUpdates">Updates of the whole run.</param>
    public LearningRateSchedule Until(long totalUpdates) => _total > 0 && totalUpdates > _total ? new(_initial, totalUpdates) : this;

    /// <summary>The rate of the update after <paramref name="updates"/> others.</summary>
    public double At(long updates) => _total == 0 ? _initial : _initial * Math.Max(0, 1 - ((double)updates / _total));
}
