using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>Asynchronous gossip of one agent: after each local update it broadcasts, and averages as soon as every in-peer has spoken.</summary>
/// <remarks>
/// <para>Source: Assran et al. 2019 (arXiv 1906.04585), algorithm 1: broadcast xᵢ without blocking; with a message from every
/// in-peer, xᵢ ← (xᵢ + Σⱼ mⱼ) / (1 + in-degree); without, go on. Each message is used once. Weights are the receiver's.</para>
/// <para>An in-peer that has left, or kept silent past the time-out, is neither waited for nor needed for a mix until it speaks again.</para>
/// </remarks>
public sealed class GossipAgent : IGossip
{
    private const int SpinsBeforeSleeping = 1_000; // one or two milliseconds, several updates of a small network

    private readonly Topology _topology;
    private readonly IGossipEndpoint _endpoint;
    private readonly GossipAgentOptions _options;
    private readonly InPeer[] _peers; // by rank
    private bool _started;
    private bool _stopRequested; // written by any thread, read by the agent's

    /// <summary>Joins a transport at one agent's end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    public GossipAgent(IGossipTransport transport, int rank, GossipAgentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _options = options ?? new GossipAgentOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxStaleness ?? 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.TimeOut ?? TimeSpan.Zero, TimeSpan.Zero, nameof(options));
        _topology = transport.Topology;
        _endpoint = transport.Endpoint(rank);
        _peers = new InPeer[_topology.Agents];
    }

    /// <inheritdoc />
    public GossipStatistics Statistics { get; } = new();

    /// <inheritdoc />
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    public GossipResult Exchange(Span<float> parameters, long update, CancellationToken cancellationToken = default)
    {
        Start(update);
        _endpoint.Publish(parameters, update);
        ReadOnlySpan<int> inPeers = _topology.InPeers(_endpoint.Rank, update);
        Receive(inPeers);
        if (IsTooStale(inPeers, update))
        {
            Wait(inPeers, update, cancellationToken);
        }

        return new GossipResult(Mix(inPeers, parameters, update), Volatile.Read(ref _stopRequested));
    }

    /// <inheritdoc />
    public void RequestStop() => Volatile.Write(ref _stopRequested, true);

    /// <inheritdoc />
    public void Leave() => _endpoint.Leave();

    /// <summary>All agents start together, so a peer that was never heard counts as one update behind at first.</summary>
    private void Start(long update)
    {
        if (!_started)
        {
            _started = true;
            Array.Fill(_peers, new InPeer { LastIteration = update - 1 });
        }
    }

    private void Receive(ReadOnlySpan<int> inPeers)
    {
        foreach (int rank in inPeers)
        {
            ref InPeer peer = ref _peers[rank];
            bool hasLeft = _endpoint.HasLeft(rank); // before receiving: nothing comes after the last message taken now
            if (_endpoint.TryReceive(rank))
            {
                peer.LastIteration = _endpoint.Received(rank).Iteration;
                peer.HasMessage = true;
                peer.IsAbsent = false;
            }

            peer.IsAbsent |= hasLeft;
        }
    }

    private bool IsTooStale(ReadOnlySpan<int> inPeers, long update)
    {
        foreach (int rank in inPeers)
        {
            if (IsTooStale(_peers[rank], update))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsTooStale(in InPeer peer, long update) => !peer.IsAbsent && update - peer.LastIteration > _options.MaxStaleness;

    /// <summary>Polls, so that publishing costs the sender nothing: spins, then yields, then sleeps a millisecond at a time.</summary>
    private void Wait(ReadOnlySpan<int> inPeers, long update, CancellationToken cancellationToken)
    {
        Statistics.StartWaiting();
        long start = _options.Clock.GetTimestamp();
        SpinWait spin = default;
        try
        {
            while (IsTooStale(inPeers, update) && !Volatile.Read(ref _stopRequested))
            {
                cancellationToken.ThrowIfCancellationRequested();
                TimeSpan waited = _options.Clock.GetElapsedTime(start);
                if (waited >= _options.TimeOut)
                {
                    GiveUp(inPeers, update, waited);
                    return;
                }

                spin.SpinOnce(SpinsBeforeSleeping);
                Receive(inPeers);
            }
        }
        finally
        {
            Statistics.StopWaiting(_options.Clock.GetElapsedTime(start));
        }
    }

    private void GiveUp(ReadOnlySpan<int> inPeers, long update, TimeSpan waited)
    {
        foreach (int rank in inPeers)
        {
            ref InPeer peer = ref _peers[rank];
            if (IsTooStale(peer, update))
            {
                peer.IsAbsent = true;
                Statistics.CountTimeOut();
                _options.TimedOut?.Invoke(new GossipTimeOut(_endpoint.Rank, rank, update, peer.LastIteration, waited));
            }
        }
    }

    private bool Mix(ReadOnlySpan<int> inPeers, Span<float> parameters, long update)
    {
        int messages = 0;
        foreach (int rank in inPeers)
        {
            if (_peers[rank].HasMessage)
            {
                messages++;
            }
            else if (!_peers[rank].IsAbsent)
            {
                return false; // all or nothing, so that the weights are those of the mixing matrix
            }
        }

        if (messages > 0)
        {
            Statistics.CountMix(Average(inPeers, messages, parameters, update));
        }

        return messages > 0;
    }

    /// <summary>x ← (x + Σ m) / (1 + messages); returns how far the oldest message was behind.</summary>
    private long Average(ReadOnlySpan<int> inPeers, int messages, Span<float> parameters, long update)
    {
        long staleness = long.MinValue;
        int left = messages;
        foreach (int rank in inPeers)
        {
            ref InPeer peer = ref _peers[rank];
            if (!peer.HasMessage)
            {
                continue;
            }

            GossipMessage message = _endpoint.Received(rank);
            staleness = Math.Max(staleness, update - message.Iteration);
            peer.HasMessage = false;
            if (--left > 0)
            {
                Kernels.Add(parameters, message.Parameters);
            }
            else
            {
                Kernels.AddAndDivide(parameters, message.Parameters, 1 + messages);
            }
        }

        return staleness;
    }

    private struct InPeer
    {
        public long LastIteration;
        public bool HasMessage; // taken from the transport and not mixed in yet
        public bool IsAbsent; // left, or silent for too long
    }
}
