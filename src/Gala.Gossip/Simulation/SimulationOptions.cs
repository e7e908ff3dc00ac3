namespace Gala.Gossip;

/// <summary>How the agents of a <see cref="Simulation"/> work.</summary>
public sealed record SimulationOptions
{
    /// <summary>Updates that each agent makes, unless it dies.</summary>
    public long Updates { get; init; } = 100;

    /// <summary>Decides how long each update takes.</summary>
    public ulong Seed { get; init; }

    /// <summary>How long a local update takes.</summary>
    public DurationDistribution Compute { get; init; } = DurationDistribution.Constant(TimeSpan.FromSeconds(1));

    /// <summary>How many times longer an agent's updates take, by rank; 1 if null.</summary>
    public Func<int, double>? Slowness { get; init; }

    /// <summary>When which agents stand still, or die.</summary>
    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>How long an agent waits for in-peers too far behind before it gives them up; null waits for ever.</summary>
    public TimeSpan? TimeOut { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What an update does to an agent's parameters; nothing if null.</summary>
    public LocalUpdate? LocalUpdate { get; init; }

    /// <summary>Told of every exchange when it is done: the agent's rank and its update.</summary>
    public Action<int, long>? Exchanged { get; init; }
}
