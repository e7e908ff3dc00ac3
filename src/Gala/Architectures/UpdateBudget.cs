namespace Gala.Architectures;

/// <summary>The updates that a run has left, shared by its agents: who is faster does more of them, and all end at the same time.</summary>
/// <param name="updates">How many are left.</param>
internal sealed class UpdateBudget(long updates)
{
    private long _left = updates; // written by every agent, by interlocked operations only

    /// <summary>Updates that an agent ends at. In lock-step all have done equally many then, though they may be apart between two exchanges.</summary>
    public long LastOfAnAgent { get; init; } = long.MaxValue;

    /// <summary>Takes one update for an agent; false if none is left. Its thread.</summary>
    public bool TryTake(IAgent agent) => agent.Updates < LastOfAnAgent && Interlocked.Decrement(ref _left) >= 0;
}
