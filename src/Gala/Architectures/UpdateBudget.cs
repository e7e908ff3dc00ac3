namespace Gala.Architectures;

/// <summary>The updates that a run has left, shared by its agents: who is faster does more of them, and all end at the same time.</summary>
/// <remarks>In lock-step every agent takes one a round, so a budget that is a multiple of their number gives all of them equally many.</remarks>
/// <param name="updates">How many are left.</param>
internal sealed class UpdateBudget(long updates)
{
    private long _left = updates; // written by every agent, by interlocked operations only

    /// <summary>Takes one update; false if none is left. Any thread.</summary>
    public bool TryTake() => Interlocked.Decrement(ref _left) >= 0;
}
