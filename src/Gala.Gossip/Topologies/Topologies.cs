namespace Gala.Gossip;

/// <summary>The topologies that a run can name.</summary>
public static class Topologies
{
    /// <summary>Name of <see cref="RingTopology"/>.</summary>
    public const string Ring = "ring";

    /// <summary>Name of <see cref="ExponentialTopology"/>.</summary>
    public const string Exponential = "exponential";

    /// <summary>Name of <see cref="CompleteTopology"/>.</summary>
    public const string Complete = "complete";

    /// <summary>Every name that <see cref="Create"/> knows, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = [Ring, Exponential, Complete];

    /// <summary>The topology of that name.</summary>
    /// <exception cref="ArgumentException">No topology has that name; the message lists those that there are.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public static Topology Create(string name, int agents) => name switch
    {
        Ring => new RingTopology(agents),
        Exponential => new ExponentialTopology(agents),
        Complete => new CompleteTopology(agents),
        _ => throw new ArgumentException($"There is no topology '{name}'; choose one of {string.Join(", ", All)}."),
    };
}
