using Gala.Gossip;

namespace Gala.Measuring.Clusters;

/// <summary>A cluster to simulate, but for its graph.</summary>
public sealed record ClusterOptions
{
    /// <summary>How long a message travels.</summary>
    public DurationDistribution Delay { get; init; } = DurationDistribution.LogNormal(0.5, TimeSpan.FromMilliseconds(2));

    /// <summary>How long an agent's update takes.</summary>
    public DurationDistribution Compute { get; init; } = DurationDistribution.LogNormal(0.2, TimeSpan.FromMilliseconds(10));

    /// <summary>Probability that a message is lost, in [0, 1].</summary>
    public double Loss { get; init; }

    /// <summary>The first so many agents are slow.</summary>
    public int SlowAgents { get; init; }

    /// <summary>How many times longer a slow agent's updates take.</summary>
    public double Slowness { get; init; } = 1;

    /// <summary>τ: updates that an in-peer may be behind before an agent waits; null for no bound.</summary>
    public long? MaxStaleness { get; init; } = 16;

    /// <summary>Updates of each agent.</summary>
    public long Updates { get; init; } = 200;

    /// <summary>Parameters of each message, for the bytes it would take.</summary>
    public long Parameters { get; init; }

    /// <summary>Decides every random number.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether agents mix by push-sum instead of plain averages.</summary>
    public bool PushSum { get; init; }

    /// <summary>Parameters of a network of that preset, on observations of the kind that it is made for.</summary>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static long ParametersOf(string network) => PresetInput.Create(network).Layout.Length;
}
