using Gala.Architectures;

using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Puts checkpoints together: each agent captures itself at its own updates m · C, and the k-th captures of all make a checkpoint.</summary>
/// <remarks>
/// <para>No agent waits for another. In lock-step all k-th captures are of the same round, so a checkpoint is exact.</para>
/// <para>For an agent that failed its last capture stands, or its state at the session's start: never one from the middle of a turn.</para>
/// </remarks>
internal sealed class CheckpointCollector
{
    private readonly Lock _gate = new(); // captures are rare; all below is guarded by it
    private readonly IReadOnlyList<IAgent> _agents;
    private readonly long _interval;
    private readonly long[] _before; // captures that would have been due before the session
    private readonly AgentCheckpoint[] _last; // of each agent
    private readonly bool[] _failed;
    private readonly SortedDictionary<long, AgentCheckpoint?[]> _open = [];
    private readonly Queue<IReadOnlyList<AgentCheckpoint>> _whole = [];

    /// <summary>Captures the agents as they are at the session's start.</summary>
    /// <param name="agents">All, none of them started.</param>
    /// <param name="interval">C, updates of an agent between its captures.</param>
    public CheckpointCollector(IReadOnlyList<IAgent> agents, long interval)
    {
        (_agents, _interval) = (agents, interval);
        _before = [.. agents.Select(agent => agent.Updates / interval)];
        _last = agents.Count > 1 ? [.. agents.Select(AgentCapture.Of)] : new AgentCheckpoint[1]; // one that is alone is never lost
        _failed = new bool[agents.Count];
    }

    /// <summary>Captures the agent if it is due. Called on the agent's thread after each update.</summary>
    public void AfterUpdate(IAgent agent)
    {
        if (agent.Updates % _interval != 0)
        {
            return;
        }

        long number = (agent.Updates / _interval) - _before[agent.Rank];
        AgentCheckpoint capture = AgentCapture.Of(agent);
        lock (_gate)
        {
            _last[agent.Rank] = capture;
            if (!_open.TryGetValue(number, out AgentCheckpoint?[]? slots))
            {
                _open.Add(number, slots = new AgentCheckpoint?[_agents.Count]);
            }

            slots[agent.Rank] = capture;
            TakeWhole();
        }
    }

    /// <summary>Goes on without an agent that has failed, which captures nothing any more. Any thread.</summary>
    public void Lose(IAgent agent)
    {
        lock (_gate)
        {
            _failed[agent.Rank] = true;
            TakeWhole();
        }
    }

    /// <summary>Takes the oldest whole set of captures, if there is one.</summary>
    public bool TryTake(out IReadOnlyList<AgentCheckpoint> captures)
    {
        lock (_gate)
        {
            bool found = _whole.TryDequeue(out IReadOnlyList<AgentCheckpoint>? whole);
            captures = whole ?? [];
            return found;
        }
    }

    /// <summary>All agents at the end: as they are now, but for those that failed.</summary>
    public IReadOnlyList<AgentCheckpoint> Final()
    {
        lock (_gate)
        {
            return Complete([.. _agents.Select(agent => _failed[agent.Rank] ? null : AgentCapture.Of(agent))]);
        }
    }

    private void TakeWhole()
    {
        foreach ((long number, AgentCheckpoint?[] slots) in _open.ToArray())
        {
            if (_agents.All(agent => _failed[agent.Rank] || slots[agent.Rank] is not null))
            {
                _open.Remove(number);
                _whole.Enqueue(Complete(slots));
            }
        }
    }

    private AgentCheckpoint[] Complete(AgentCheckpoint?[] slots) => [.. slots.Select((slot, rank) => slot ?? OfFailed(rank, slots))];

    /// <summary>Parameters that all agents share have gone on without it, and so they do in its capture.</summary>
    private AgentCheckpoint OfFailed(int rank, AgentCheckpoint?[] slots)
    {
        AgentCheckpoint last = _last[rank] with { HasFailed = true };
        int living = Array.FindIndex(slots, slot => slot is not null);
        return living >= 0 && _agents[living].Parameters == _agents[rank].Parameters
            ? last with { Parameters = slots[living]!.Parameters, OptimizerState = slots[living]!.OptimizerState, HasFailed = false }
            : last;
    }
}
