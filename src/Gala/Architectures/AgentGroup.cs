using System.Runtime.ExceptionServices;
using Gala.Environments;
using Gala.Gossip;

namespace Gala.Architectures;

/// <summary>All workers of a run and what joins them.</summary>
public sealed class AgentGroup : IDisposable
{
    private readonly IDisposable? _exchange;

    /// <summary>Takes over workers that are joined already.</summary>
    /// <param name="agents">The workers that learn, in order of rank; none where those of other processes learn for all.</param>
    /// <param name="stepsPerUpdate">Environment steps that one update of one agent learns from.</param>
    /// <param name="exchange">What joins the workers, disposed after them; null for none.</param>
    public AgentGroup(IReadOnlyList<IAgent> agents, int stepsPerUpdate, IDisposable? exchange)
    {
        ArgumentNullException.ThrowIfNull(agents);
        (Agents, StepsPerUpdate, _exchange) = (agents, stepsPerUpdate, exchange);
    }

    /// <summary>The workers that learn, in order of rank.</summary>
    public IReadOnlyList<IAgent> Agents { get; }

    /// <summary>Those of them that have not failed, in order of rank. Any thread.</summary>
    public IReadOnlyList<IAgent> Living => [.. Agents.Where(agent => agent.Progress.State != AgentState.Failed)];

    /// <summary>Workers that only act or compute.</summary>
    public IReadOnlyList<IWorker> Helpers { get; init; } = [];

    /// <summary>All workers, a thread each.</summary>
    public IReadOnlyList<IWorker> Workers => [.. Agents, .. Helpers];

    /// <summary>Who gossips with whom; null where nobody does.</summary>
    public Topology? Topology { get; init; }

    /// <summary>Whether agents mix before they update, and not after.</summary>
    public bool StepsAfterMix { get; init; }

    /// <summary>Figures of the architecture.</summary>
    public IReadOnlyList<Gauge> Gauges { get; init; } = [];

    /// <summary>All simulators: those of the workers, unless they are given.</summary>
    public IEnumerable<SimulatorBatch> Simulators
    {
        get => field ?? Workers.Where(worker => worker.Simulators is not null).Select(worker => worker.Simulators!);
        init;
    }

    /// <summary>Environment steps that one update of one agent learns from.</summary>
    public int StepsPerUpdate { get; }

    /// <summary>Simulator frames of one update of one agent.</summary>
    public long FramesPerUpdate => (long)StepsPerUpdate * Simulators.First().Spec.FrameSkip;

    /// <summary>Simulator frames of one update of every agent.</summary>
    public long FramesPerRound => FramesPerUpdate * Math.Max(1, Agents.Count);

    /// <summary>Updates done by all agents.</summary>
    public long Updates => Agents.Sum(agent => agent.Updates);

    /// <summary>Updates of all agents that a number of frames is good for: whole rounds of one update an agent, at least one.</summary>
    public long UpdatesFor(long frames) => Math.Max(1, frames / FramesPerRound) * Agents.Count;

    /// <summary>Takes the workers out of what joins them to other processes, for a group that cannot be disposed yet since a thread of it hangs.</summary>
    public void Close() => (_exchange as IProcessExchange)?.Close();

    /// <inheritdoc />
    /// <remarks>All is disposed, also after something that throws; the first that threw is thrown at the end.</remarks>
    public void Dispose()
    {
        ExceptionDispatchInfo? first = null;
        foreach (IDisposable? part in (IEnumerable<IDisposable?>)[.. Workers, .. Simulators, _exchange])
        {
            try
            {
                part?.Dispose();
            }
#pragma warning disable CA1031 // it is thrown below
            catch (Exception exception)
#pragma warning restore CA1031
            {
                first ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        first?.Throw();
    }
}
