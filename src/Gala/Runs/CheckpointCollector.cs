using System.Collections.Concurrent;
using Gala.Architectures;

using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Puts checkpoints together: each agent captures itself at its own update m · C, and number m is whole when all have.</summary>
/// <remarks>No agent waits for another. In lock-step all captures of a number are of the same round, so a checkpoint is exact.</remarks>
/// <param name="agents">Number of agents.</param>
/// <param name="interval">C, updates of an agent between its captures.</param>
internal sealed class CheckpointCollector(int agents, long interval)
{
    private readonly ConcurrentDictionary<long, AgentCheckpoint?[]> _open = new();
    private readonly ConcurrentQueue<IReadOnlyList<AgentCheckpoint>> _whole = new();

    /// <summary>Captures the agent if it is due. Called on the agent's thread after each update.</summary>
    public void AfterUpdate(IAgent agent)
    {
        long updates = agent.Updates;
        if (updates % interval != 0)
        {
            return;
        }

        AgentCheckpoint?[] slots = _open.GetOrAdd(updates / interval, _ => new AgentCheckpoint?[agents]);
        AgentCheckpoint capture = AgentCapture.Of(agent);
        lock (slots)
        {
            slots[agent.Rank] = capture;
            if (Array.TrueForAll(slots, slot => slot is not null))
            {
                _open.TryRemove(updates / interval, out _);
                _whole.Enqueue(slots!);
            }
        }
    }

    /// <summary>Takes the oldest whole set of captures, if there is one.</summary>
    public bool TryTake(out IReadOnlyList<AgentCheckpoint> captures)
    {
        bool found = _whole.TryDequeue(out IReadOnlyList<AgentCheckpoint>? whole);
        captures = whole ?? [];
        return found;
    }
}
