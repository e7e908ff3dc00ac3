using Gala.Environments;
using Gala.Learning;

namespace Gala.Architectures;

/// <summary>What shows from outside whether a worker gets anywhere.</summary>
/// <param name="Count">A number that changes with every simulator's step and every phase: while it stays the same, the worker is silent.</param>
/// <param name="IsWaiting">Whether the worker waits for others, which is no silence of its own.</param>
/// <param name="HasBegun">Whether the worker has begun its first step. Before, it may take as long as it needs: a first reset can be slow.</param>
public readonly record struct LifeSign(long Count, bool IsWaiting, bool HasBegun)
{
    /// <summary>Reads the sign of a worker that plays one batch of simulators, or none.</summary>
    /// <param name="clock">Clock of the worker; <see cref="Phase.Gossip"/> is waiting for others.</param>
    /// <param name="simulators">Simulators of the worker; null for none.</param>
    public static LifeSign Of(PhaseClock clock, SimulatorBatch? simulators)
    {
        ArgumentNullException.ThrowIfNull(clock);
        long entries = clock.Entries;
        return new LifeSign(entries + (simulators?.Played ?? 0), clock.Current == Phase.Gossip, simulators?.HasBegun ?? entries > 0);
    }
}
