using Gala.Architectures;
using Gala.Learning;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Puts checkpoints together: each agent captures itself at its own updates m · C, and the k-th captures of all make a checkpoint.</summary>
/// <remarks>
/// <para>No agent waits for another. In lock-step all k-th captures are of the same round, so a checkpoint is exact.</para>
/// <para>Memory is bounded. One set of captures waits for the disk, always the newest; where agents are far apart, few sets are begun before
/// the slowest agent completes one. What is left out is counted.</para>
/// <para>For an agent that failed its last capture stands, or its state at the session's start: never one from the middle of a turn. So it does
/// for one that was silent, until it has caught up with the others.</para>
/// </remarks>
internal sealed class CheckpointCollector
{
    private const int MostOpen = 2; // sets that lack an agent's capture

    private readonly Lock _gate = new(); // captures are rare; all below is guarded by it
    private readonly IReadOnlyList<IAgent> _agents;
    private readonly long _interval;
    private readonly long[] _before; // captures that would have been due before the session
    private readonly AgentCheckpoint[] _last; // of each agent
    private readonly byte[]?[] _final; // state of each agent at its end
    private readonly bool[] _failed;
    private readonly bool[] _isBehind; // back after a silence, and not yet where the others are
    private readonly SortedDictionary<long, AgentCheckpoint?[]> _open = [];
    private IReadOnlyList<AgentCheckpoint>? _whole;
    private long _decided; // up to this number each set was begun or left out
    private long _leftOut;

    /// <summary>Captures the agents as they are at the session's start.</summary>
    /// <param name="agents">All agents, none of them started.</param>
    /// <param name="interval">Updates of an agent between its captures (C).</param>
    public CheckpointCollector(IReadOnlyList<IAgent> agents, long interval)
    {
        (_agents, _interval) = (agents, interval);
        _before = [.. agents.Select(agent => agent.Updates / interval)];
        _last = agents.Count > 1 ? [.. agents.Select(AgentCapture.Of)] : new AgentCheckpoint[1]; // one that is alone is never lost
        _final = new byte[agents.Count][];
        _failed = new bool[agents.Count];
        _isBehind = new bool[agents.Count];
    }

    /// <summary>Number of checkpoints that were due and are not written: a newer one was complete before the disk was free, or agents were too
    /// far apart. Any thread.</summary>
    public long LeftOut => Volatile.Read(ref _leftOut);

    /// <summary>Captures the agent if it is due. Called on the agent's thread after each update.</summary>
    public void AfterUpdate(IAgent agent)
    {
        if (agent.Updates % _interval != 0)
        {
            return;
        }

        long number = (agent.Updates / _interval) - _before[agent.Rank];
        if (!IsWanted(number, agent.Rank))
        {
            return;
        }

        agent.Clock.Enter(Phase.Simulate); // an environment that hangs while it is saved is as silent as one that hangs in a step
        AgentCheckpoint capture = AgentCapture.Of(agent);
        lock (_gate)
        {
            _last[agent.Rank] = capture;
            if (_open.TryGetValue(number, out AgentCheckpoint?[]? slots))
            {
                slots[agent.Rank] = capture;
                _isBehind[agent.Rank] = false;
                TakeWhole();
            }
        }
    }

    /// <summary>Keeps the state that an agent ends with. Called on the agent's thread when it has ended well.</summary>
    public void AtEnd(IAgent agent)
    {
        agent.Clock.Enter(Phase.Simulate);
        byte[] state = AgentCapture.StateOf(agent);
        lock (_gate)
        {
            _final[agent.Rank] = state;
        }
    }

    /// <summary>Goes on without an agent that has failed or is silent, which captures nothing meanwhile. Any thread.</summary>
    public void Lose(IAgent agent)
    {
        lock (_gate)
        {
            _failed[agent.Rank] = true;
            TakeWhole();
        }
    }

    /// <summary>Takes an agent back that was silent. The others do not wait for it to catch up. Any thread.</summary>
    public void TakeBack(IAgent agent)
    {
        lock (_gate)
        {
            (_failed[agent.Rank], _isBehind[agent.Rank]) = (false, true);
        }
    }

    /// <summary>Takes the newest whole set of captures, if there is one that was not taken.</summary>
    public bool TryTake(out IReadOnlyList<AgentCheckpoint> captures)
    {
        lock (_gate)
        {
            bool found = _whole is not null;
            captures = _whole ?? [];
            _whole = null;
            return found;
        }
    }

    /// <summary>All agents at the end: as they are now, but for those that failed. To be called when all have ended.</summary>
    public IReadOnlyList<AgentCheckpoint> Final()
    {
        lock (_gate)
        {
            return Complete([.. _agents.Select(agent =>
                _failed[agent.Rank] || _final[agent.Rank] is not { } state ? null : AgentCapture.Of(agent, state))]);
        }
    }

    /// <summary>Whether an agent's capture of that number will be of use; the first agent to ask begins the set, or leaves it out for all.</summary>
    private bool IsWanted(long number, int rank)
    {
        lock (_gate)
        {
            if (number > _decided)
            {
                _decided = number;
                if (_open.Count < MostOpen)
                {
                    _open.Add(number, new AgentCheckpoint?[_agents.Count]);
                }
                else
                {
                    _leftOut++;
                }
            }

            return _open.ContainsKey(number) || _isBehind[rank];
        }
    }

    private void TakeWhole()
    {
        foreach ((long number, AgentCheckpoint?[] slots) in _open.ToArray())
        {
            if (_agents.All(agent => _failed[agent.Rank] || _isBehind[agent.Rank] || slots[agent.Rank] is not null))
            {
                _open.Remove(number);
                _leftOut += _whole is null ? 0 : 1;
                _whole = Complete(slots);
            }
        }
    }

    private AgentCheckpoint[] Complete(AgentCheckpoint?[] slots) => [.. slots.Select((slot, rank) => slot ?? LastOf(rank, slots))];

    /// <summary>Parameters that all agents share have gone on without it, and so they do in its capture.</summary>
    private AgentCheckpoint LastOf(int rank, AgentCheckpoint?[] slots)
    {
        AgentCheckpoint last = _last[rank] with { HasFailed = _failed[rank] };
        int living = Array.FindIndex(slots, slot => slot is not null);
        return living >= 0 && _agents[living].Parameters == _agents[rank].Parameters
            ? last with { Parameters = slots[living]!.Parameters, OptimizerState = slots[living]!.OptimizerState, HasFailed = false }
            : last;
    }
}
