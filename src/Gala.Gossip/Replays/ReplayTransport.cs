namespace Gala.Gossip;

/// <summary>Carries the messages of asynchronous gossip anew, each to the exchange that took it.</summary>
/// <remarks>
/// <para>A message that nobody took is dropped at once, or comes back to a sender that got it back. The others wait in the order in which they were sent.</para>
/// <para>An agent holds back from its mix while more of its earlier messages wait on an edge than could have waited there, so that memory stays bounded. In
/// what is repeated these were taken before that mix, so this never makes agents wait for each other in a circle.</para>
/// </remarks>
public sealed class ReplayTransport : IGossipTransport
{
    private readonly ReplayEdge?[,] _edges; // [from, to]
    private readonly ReplayEndpoint[] _endpoints;

    /// <summary>Opens the edges of a topology.</summary>
    /// <param name="topology">Who sends to whom.</param>
    /// <param name="parameterCount">Elements of every message.</param>
    /// <param name="format">How they lie in it.</param>
    /// <param name="scripts">What each agent's exchanges are to be.</param>
    /// <param name="edges">Which messages from one agent (first) to another (second) are taken.</param>
    /// <param name="mostOnTheirWay">Messages of an edge, its sender's last one included, that could wait to be taken: 1 in shared memory.</param>
    public ReplayTransport(
        Topology topology,
        int parameterCount,
        MessageFormat format,
        IReadOnlyList<IGossipScript> scripts,
        Func<int, int, IEdgeScript> edges,
        int mostOnTheirWay = 1)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(scripts);
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostOnTheirWay, 1);
        (Topology, ParameterCount) = (topology, parameterCount);
        _edges = new ReplayEdge?[topology.Agents, topology.Agents];
        for (int from = 0; from < topology.Agents; from++)
        {
            foreach (int to in PeersOverPeriod.Out(topology, from))
            {
                _edges[from, to] = new ReplayEdge(edges(from, to), parameterCount, format, !topology.KeepsMean, mostOnTheirWay);
            }
        }

        _endpoints = [.. Enumerable.Range(0, topology.Agents)
            .Select(rank => new ReplayEndpoint(topology, rank, _edges, scripts[rank], peer => _endpoints![peer].Wake()))];
    }

    /// <inheritdoc />
    public Topology Topology { get; }

    /// <inheritdoc />
    public int ParameterCount { get; }

    /// <inheritdoc />
    public bool KeepsEveryWeight => true;

    /// <inheritdoc />
    public IGossipEndpoint Endpoint(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, _endpoints.Length);
        return _endpoints[rank];
    }

    /// <summary>Whether another agent takes a message that this one has still to send. The agent's thread only.</summary>
    public bool IsNeeded(int rank) => _endpoints[rank].IsNeeded;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (ReplayEdge? edge in _edges)
        {
            edge?.Dispose();
        }
    }
}
