namespace Gala.Gossip;

/// <summary>Lets hundreds or thousands of agents work and gossip on a <see cref="SimulatedNetwork"/>, in virtual time, on one thread.</summary>
/// <remarks>The agents' gossip is the one that real runs use; only computing, travelling and waiting are simulated. Each agent makes a local update,
/// sends, and mixes; where its gossip finds an in-peer too far behind, it sleeps until something arrives or its time is out. One that has made all its
/// updates leaves. Equal options give equal runs, to the bit.</remarks>
public sealed class Simulation
{
    private readonly SimulatedNetwork _network;
    private readonly SimulationOptions _options;
    private readonly SimulatedAgent[] _agents;
    private readonly ILookup<int, Outage> _outages;
    private readonly PriorityQueue<(int Rank, long Update), (TimeSpan Time, long Number)> _alarms = new();
    private long _numbered; // alarms so far: those of the same time ring in the order in which they were set

    /// <summary>Brings agents to a network.</summary>
    /// <param name="network">On which nothing else goes on.</param>
    /// <param name="gossip">One of each rank, joined to that network.</param>
    /// <param name="start">Parameters that all begin with, shape [P].</param>
    /// <param name="options">How they work.</param>
    /// <exception cref="ArgumentException">There are not as many agents as the topology has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The agents are to make no update.</exception>
    public Simulation(SimulatedNetwork network, IReadOnlyList<AsynchronousGossip> gossip, ReadOnlySpan<float> start, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(gossip);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Updates, 1, nameof(options));
        if (gossip.Count != network.Topology.Agents)
        {
            throw new ArgumentException($"A {network.Topology} needs as many agents, not {gossip.Count}.", nameof(gossip));
        }

        (_network, _options) = (network, options);
        _outages = options.Outages.ToLookup(outage => outage.Rank);
        _agents = new SimulatedAgent[gossip.Count];
        for (int rank = 0; rank < _agents.Length; rank++)
        {
            _agents[rank] = new SimulatedAgent(rank, gossip[rank], start.ToArray());
        }
    }

    /// <summary>Updates that an agent has made and gossiped about.</summary>
    public long UpdatesOf(int rank) => _agents[rank].Update - 1;

    /// <summary>When an agent had made all its updates; null if it has not.</summary>
    public TimeSpan? FinishedAt(int rank) => _agents[rank].Finished;

    /// <summary>An agent's parameters, shape [P].</summary>
    public Span<float> ParametersOf(int rank) => _agents[rank].Parameters;

    /// <summary>Once: goes on until no agent has anything left to do. An agent without time-out whose in-peer has died never finishes.</summary>
    public void Run()
    {
        _network.Arrived = WakeUp;
        foreach (SimulatedAgent agent in _agents)
        {
            Compute(agent);
        }

        while (_alarms.TryPeek(out _, out (TimeSpan Time, long) alarm) || _network.NextArrival is not null)
        {
            if (_alarms.Count == 0 || _network.NextArrival <= alarm.Time)
            {
                _network.AdvanceTo(_network.NextArrival!.Value); // before the alarms of the same time, which may be set by it
                continue;
            }

            _network.AdvanceTo(alarm.Time);
            (int rank, long update) = _alarms.Dequeue();
            Ring(_agents[rank], update);
        }
    }

    private void Ring(SimulatedAgent agent, long update)
    {
        if (agent.Finished is not null || update != agent.Update)
        {
            return; // of a wait that something ended earlier
        }

        if (OutageOf(agent.Rank) is { } outage)
        {
            if (outage.Until is { } back)
            {
                SetAlarm(agent, back);
            }
        }
        else if (agent.WaitsSince is { } since)
        {
            GoOnWaiting(agent, _network.Now - since);
        }
        else
        {
            Exchange(agent);
        }
    }

    private void Exchange(SimulatedAgent agent)
    {
        _options.LocalUpdate?.Invoke(agent.Rank, agent.Update, agent.Parameters);
        agent.Gossip.Send(agent.Parameters, agent.Update);
        if (agent.Gossip.TryMix(agent.Parameters, agent.Update, out _))
        {
            Complete(agent);
            return;
        }

        agent.Gossip.Statistics.StartWaiting();
        agent.WaitsSince = _network.Now;
        if (_options.TimeOut is { } timeOut)
        {
            SetAlarm(agent, _network.Now + timeOut);
        }
    }

    private void GoOnWaiting(SimulatedAgent agent, TimeSpan waited)
    {
        bool mixed = agent.Gossip.TryMix(agent.Parameters, agent.Update, out _);
        if (!mixed && waited >= _options.TimeOut)
        {
            agent.Gossip.GiveUp(agent.Update, waited);
            mixed = agent.Gossip.TryMix(agent.Parameters, agent.Update, out _);
        }

        if (mixed)
        {
            agent.Gossip.Statistics.StopWaiting(waited);
            agent.WaitsSince = null;
            Complete(agent);
        }
    }

    private void Complete(SimulatedAgent agent)
    {
        _options.Exchanged?.Invoke(agent.Rank, agent.Update);
        agent.Update++;
        if (agent.Update > _options.Updates)
        {
            agent.Finished = _network.Now;
            agent.Gossip.Leave();
        }
        else
        {
            Compute(agent);
        }
    }

    private void Compute(SimulatedAgent agent)
    {
        TimeSpan time = _options.Compute.Draw(SimulationDraw.Compute.Uniforms(_options.Seed, agent.Rank, receiver: 0, agent.Update));
        SetAlarm(agent, _network.Now + (time * (_options.Slowness?.Invoke(agent.Rank) ?? 1)));
    }

    private void WakeUp(int rank)
    {
        if (_agents[rank].WaitsSince is not null)
        {
            SetAlarm(_agents[rank], _network.Now);
        }
    }

    private void SetAlarm(SimulatedAgent agent, TimeSpan time) => _alarms.Enqueue((agent.Rank, agent.Update), (time, _numbered++));

    private Outage? OutageOf(int rank)
    {
        foreach (Outage outage in _outages[rank])
        {
            if (_network.Now >= outage.From && !(_network.Now >= outage.Until))
            {
                return outage;
            }
        }

        return null;
    }
}
