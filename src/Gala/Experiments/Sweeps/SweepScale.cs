namespace Gala.Experiments;

/// <summary>What the normalised returns of a sweep are measured by.</summary>
public enum SweepScale
{
    /// <summary>The table if it has all environments, otherwise the baseline.</summary>
    Automatic,

    /// <summary>The trained agents of <see cref="Runs.ReferenceReturns"/>.</summary>
    Table,

    /// <summary>The mean return of the plan's first variant.</summary>
    Baseline,
}
