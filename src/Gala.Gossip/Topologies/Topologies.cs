namespace Gala.Gossip;

/// <summary>The topologies that a run can name.</summary>
public static class Topologies
{
    /// <summary>Name of <see cref="RingTopology"/>.</summary>
    public const string Ring = "ring";

    /// <summary>Name of <see cref="UndirectedRingTopology"/>.</summary>
    public const string UndirectedRing = "undirected-ring";

    /// <summary>Name of <see cref="ExponentialTopology"/>.</summary>
    public const string Exponential = "exponential";

    /// <summary>Name of <see cref="OnePeerExponentialTopology"/>.</summary>
    public const string OnePeerExponential = "one-peer-exponential";

    /// <summary>Name of <see cref="BipartiteExponentialTopology"/>.</summary>
    public const string BipartiteExponential = "bipartite-exponential";

    /// <summary>Name of <see cref="RandomRegularTopology"/>, which takes <c>degree</c> and <c>seed</c>: <c>random-regular:degree=3:seed=1</c>.</summary>
    public const string RandomRegular = "random-regular";

    /// <summary>Name of <see cref="StarTopology"/>.</summary>
    public const string Star = "star";

    /// <summary>Name of <see cref="CompleteTopology"/>.</summary>
    public const string Complete = "complete";

    /// <summary>Every name that <see cref="Create"/> knows, without settings, the default first.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Ring, UndirectedRing, Exponential, OnePeerExponential, BipartiteExponential, RandomRegular, Star, Complete];

    /// <summary>The topology of that name.</summary>
    /// <param name="name">One of <see cref="All"/>, with settings behind it where it takes some.</param>
    /// <param name="agents">n.</param>
    /// <exception cref="ArgumentException">There is no such topology, or not of so many agents; the message says what would do.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    public static Topology Create(string name, int agents)
    {
        TopologyReference reference = TopologyReference.Parse(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(agents, 1);
        Topology topology = reference.Id switch
        {
            Ring => new RingTopology(agents),
            UndirectedRing => new UndirectedRingTopology(agents),
            Exponential => new ExponentialTopology(agents),
            OnePeerExponential => new OnePeerExponentialTopology(agents),
            BipartiteExponential => new BipartiteExponentialTopology(agents),
            RandomRegular => new RandomRegularTopology(
                agents,
                reference.Take("degree") is { } degree ? (int)ulong.Min(degree, int.MaxValue) : int.Min(RandomRegularTopology.DefaultDegree, agents - 1),
                reference.Take("seed") ?? 0),
            Star => new StarTopology(agents),
            Complete => new CompleteTopology(agents),
            _ => throw new ArgumentException($"There is no topology '{reference.Id}'; choose one of {string.Join(", ", All)}."),
        };
        reference.ThrowIfMoreSettings();
        return topology;
    }
}
