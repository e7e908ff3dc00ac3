using Gala.Architectures;

namespace Gala.Scheduling;

/// <summary>The updates that a run has left, shared by its agents: who is faster does more of them, and all end at the same time.</summary>
/// <param name="updates">How many are left.</param>
internal sealed class UpdateBudget(long updates)
{
    private long _left = updates; // written by every agent, by interlocked operations only

    /// <summary>Updates that an agent ends at. In lock-step all have done equally many then, though they may be apart between two exchanges.</summary>
    public long LastOfAnAgent { get; init; } = long.MaxValue;

    /// <summary>Whether an agent may begin another update, where something else than their number decides; null: it may. The agent's thread.</summary>
    public Func<IAgent, bool>? May { get; init; }

    /// <summary>Takes one update for an agent; false if none is left. Its thread.</summary>
    public bool TryTake(IAgent agent)
    {
        if (May?.Invoke(agent) == false)
        {
            return false;
        }

        long left = Volatile.Read(ref _left);
        while (left > 0 && agent.Updates < LastOfAnAgent)
        {
            long seen = Interlocked.CompareExchange(ref _left, left - 1, left);
            if (seen == left)
            {
                return true;
            }

            left = seen;
        }

        return false;
    }

    /// <summary>Gives back an update that was taken but not made, for another agent to take. Any thread.</summary>
    public void GiveBack() => Interlocked.Increment(ref _left);

    /// <summary>Takes an update again that was given back for an agent that goes on with it after all. If others have taken all of them since,
    /// the run makes one update more than it was to. Any thread.</summary>
    public void TakeAgain() => Interlocked.Decrement(ref _left);
}
