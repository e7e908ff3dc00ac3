using Gala.Gossip;

namespace Gala.Architectures;

/// <summary>All agents of a run and what joins them.</summary>
public sealed class AgentGroup : IDisposable
{
    private readonly IDisposable? _exchange;

    /// <summary>Takes over agents that are joined already.</summary>
    /// <param name="agents">In order of rank.</param>
    /// <param name="topology">Who gossips with whom.</param>
    /// <param name="exchange">What they gossip by, disposed with the group; null for none.</param>
    public AgentGroup(IReadOnlyList<IAgent> agents, Topology topology, IDisposable? exchange)
    {
        ArgumentNullException.ThrowIfNull(agents);
        ArgumentNullException.ThrowIfNull(topology);
        (Agents, Topology, _exchange) = (agents, topology, exchange);
    }

    /// <summary>In order of rank.</summary>
    public IReadOnlyList<IAgent> Agents { get; }

    /// <summary>Who gossips with whom.</summary>
    public Topology Topology { get; }

    /// <summary>Simulator frames of one update of one agent.</summary>
    public long FramesPerUpdate => (long)Agents[0].Learner.StepsPerUpdate * Agents[0].Learner.Simulators.Spec.FrameSkip;

    /// <summary>Updates done by all agents.</summary>
    public long Updates => Agents.Sum(agent => agent.Learner.Updates);

    /// <summary>Updates of all agents that a number of frames is good for: whole rounds of one update an agent, at least one.</summary>
    public long UpdatesFor(long frames) => Math.Max(1, frames / (FramesPerUpdate * Agents.Count)) * Agents.Count;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (IAgent agent in Agents)
        {
            agent.Dispose();
        }

        _exchange?.Dispose();
    }
}
