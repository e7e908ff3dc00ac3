using Gala.Networks;

namespace Gala.Architectures;

/// <summary>Parameters that several threads read and update at once, without locks (Hogwild: Recht et al. 2011, arXiv 1106.5730).</summary>
/// <remarks>A float is never torn. But a snapshot may hold some elements from before an update and others from after it, and of two updates
/// of one element at the same moment one may be lost. Counts are exact.</remarks>
/// <param name="layout">Of the vector, which starts at zero.</param>
/// <param name="schedule">η by the number of updates of all threads.</param>
public sealed class SharedParameters(ParameterLayout layout, LearningRateSchedule schedule) : IDisposable
{
    private long _version; // by interlocked operations

    /// <summary>θ.</summary>
    public ParameterVector Vector { get; } = new(layout);

    /// <summary>Updates that were applied.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>η of the next update, whoever makes it.</summary>
    public double LearningRate => schedule.At(Version);

    /// <summary>How many updates of others lay between a worker's snapshot and its own update.</summary>
    public LagStatistics Lag { get; } = new();

    /// <summary>Counts an update that has been applied. Any thread.</summary>
    /// <param name="since">The version before the worker took its snapshot.</param>
    public void CountUpdate(long since) => Lag.Add(Interlocked.Increment(ref _version) - 1 - since);

    /// <summary>Counts updates that a checkpoint's vector has seen: each worker adds its own.</summary>
    public void RestoreUpdates(long updates) => Interlocked.Add(ref _version, updates);

    /// <inheritdoc />
    public void Dispose() => Vector.Dispose();
}
