namespace Gala.Gossip;

/// <summary>Asynchronous gossip of one agent: after each local update it broadcasts, mixes in what has come, and waits only for an in-peer too far behind.</summary>
/// <remarks>
/// <para>Source: Assran et al. 2019 (arXiv 1906.04585), algorithm 1. What is sent along with the parameters and how messages are mixed is the
/// deriving class's.</para>
/// <para>An in-peer that has left, or kept silent past the time-out, is neither waited for nor needed for a mix until it speaks again.</para>
/// <para>On a graph that changes, a message belongs to the round of its sender's update, and update k mixes what the in-peers of round k have sent
/// over its edges. An edge speaks once in a period, so with a bound below the period two agents meet in their common rounds.</para>
/// <para>A message that is not all finite, or whose header is impossible, is refused: it changes no parameter, and its sender counts as heard.</para>
/// <para>Whoever has a clock of their own calls <see cref="Send(Span{float}, long)"/>, <see cref="TryMix(Span{float}, long, out GossipResult)"/> and
/// <see cref="GiveUp"/> by themselves.</para>
/// </remarks>
public abstract class AsynchronousGossip : IGossip
{
    private readonly GossipAgentOptions _options;
    private bool _started;
    private long? _earlier; // updates before the first exchange, which do not count
    private long _exchange; // number of the last exchange
    private long? _waitsSince; // timestamp of when the exchange under way first found an in-peer too far behind
    private bool _stopRequested; // written by any thread, read by the agent's

    private protected AsynchronousGossip(IGossipTransport transport, int rank, GossipAgentOptions? options, GossipStatistics? statistics = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _options = options ?? new GossipAgentOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxStaleness ?? 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.TimeOut ?? TimeSpan.Zero, TimeSpan.Zero, nameof(options));
        Topology = transport.Topology;
        Endpoint = transport.Endpoint(rank);
        if (_options.Script is not null && Endpoint is not ReplayEndpoint)
        {
            throw new ArgumentException($"What an earlier run decided can be repeated over a {nameof(ReplayTransport)} only.", nameof(transport));
        }

        Peers = new InPeerTable(Topology, rank);
        Statistics = statistics ?? new GossipStatistics();
    }

    /// <inheritdoc />
    public GossipStatistics Statistics { get; }

    /// <inheritdoc />
    public bool IsDispensable => true;

    /// <inheritdoc />
    public bool HasHeardAll
    {
        get
        {
            foreach (int rank in Topology.InPeers(Endpoint.Rank, _exchange))
            {
                if (Peers[rank] is { HasMessage: false, IsAbsent: false, IsRefused: false } && !Endpoint.HasNews(rank))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <inheritdoc />
    public TimeSpan Patience => _options is { Script: null, TimeOut: { } timeOut } && _waitsSince is { } start
        ? TimeSpan.FromTicks(Math.Max(0, (timeOut - _options.Clock.GetElapsedTime(start)).Ticks))
        : Timeout.InfiniteTimeSpan;

    /// <inheritdoc />
    public Action? WakeUp
    {
        set => Endpoint.WakeUp = value;
    }

    private protected Topology Topology { get; }

    private protected IGossipEndpoint Endpoint { get; }

    private protected InPeerTable Peers { get; }

    /// <summary>The gossip that keeps the mean of the agents on a transport's graph: plain averages where these do, push-sum where not.</summary>
    /// <inheritdoc cref="GossipAgent(IGossipTransport, int, GossipAgentOptions?)" path="/exception"/>
    public static AsynchronousGossip Create(IGossipTransport transport, int rank, GossipAgentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return Create(transport, rank, options, statistics: null);
    }

    /// <inheritdoc />
    public void Send(Span<float> parameters, in CompletedUpdate update)
    {
        _exchange = update.Number - (_options.CountFromFirst ? _earlier ??= update.Number - 1 : 0);
        Send(parameters, _exchange);
    }

    /// <inheritdoc />
    /// <remarks>Waiting begins with the first no. Once it has lasted for <see cref="GossipAgentOptions.TimeOut"/>, the exchange goes on without the
    /// in-peers that are too far behind.</remarks>
    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        if (TryMix(parameters, _exchange, out result))
        {
            EndWait();
            return true;
        }

        TimeSpan waited = Waited();
        if (_options.Script is not null || waited < _options.TimeOut || _options.TimeOut is null)
        {
            return false;
        }

        GiveUp(_exchange, waited);
        EndWait();
        return TryMix(parameters, _exchange, out result);
    }

    /// <summary>First half of an exchange: sends the parameters to the out-peers of that update. Never waits.</summary>
    /// <param name="parameters">x after the local update, shape [P].</param>
    /// <param name="update">Number of the local update, higher at every call.</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> has the wrong length.</exception>
    public void Send(Span<float> parameters, long update)
    {
        if (!_started) // all agents start together, so a peer that was never heard counts as one update behind at first
        {
            _started = true;
            Peers.Fill(new InPeer { LastIteration = update - 1 });
        }

        Statistics.CountExchange();
        Publish(parameters, update, Topology.OutPeers(Endpoint.Rank, update));
    }

    /// <summary>Second half: takes what has come and mixes it in. Never waits.</summary>
    /// <param name="parameters">x, shape [P]; updated.</param>
    /// <param name="update">As sent.</param>
    /// <param name="result">Outcome of the exchange.</param>
    /// <returns>False if an in-peer is too far behind: nothing was mixed; ask again when something has come, or <see cref="GiveUp"/>.</returns>
    public bool TryMix(Span<float> parameters, long update, out GossipResult result)
    {
        ReadOnlySpan<int> inPeers = Topology.InPeers(Endpoint.Rank, update);
        bool isReady = _options.Script is { } script ? TryFollow(script, parameters, update) : TryReceive(inPeers, parameters, update);
        bool stop = Volatile.Read(ref _stopRequested);
        if (!isReady)
        {
            result = new GossipResult(Mixed: false, stop);
            return stop; // the exchange is left as it is
        }

        result = new GossipResult(Mix(inPeers, parameters, update), stop);
        _options.Recorder?.Note(new GossipEvent(GossipEventKind.Over));
        return true;
    }

    /// <summary>Goes on without the in-peers that are too far behind, until they speak again.</summary>
    /// <param name="update">The agent's update.</param>
    /// <param name="waited">How long it has waited for them.</param>
    public void GiveUp(long update, TimeSpan waited)
    {
        foreach (int rank in Topology.InPeers(Endpoint.Rank, update))
        {
            ref InPeer peer = ref Peers[rank];
            if (IsTooStale(peer, update))
            {
                GoOnWithout(rank, update, waited);
            }
        }
    }

    /// <inheritdoc />
    public void RequestStop() => Volatile.Write(ref _stopRequested, true);

    /// <inheritdoc />
    public void Leave() => Endpoint.Leave();

    /// <summary>The same for an agent that has counted before.</summary>
    internal static AsynchronousGossip Create(IGossipTransport transport, int rank, GossipAgentOptions? options, GossipStatistics? statistics) =>
        transport.Topology.KeepsMean
            ? new GossipAgent(transport, rank, options, statistics)
            : new PushSumAgent(transport, rank, options, statistics);

    /// <summary>Whether a message may be mixed; one that may not is counted and told.</summary>
    internal bool Accepts(GossipMessage message, int sender, long update)
    {
        if (message.IsSound(Topology.Agents))
        {
            return true;
        }

        Refuse(sender, update);
        return false;
    }

    /// <summary>Takes down what chance has decided, if anybody wants to know.</summary>
    private protected void Record(GossipEventKind kind, int peer, long iteration = 0) => _options.Recorder?.Note(new GossipEvent(kind, peer, iteration));

    /// <summary>Counts and tells of a message that may not be mixed.</summary>
    private protected void Refuse(int sender, long update)
    {
        Statistics.CountRefusal();
        _options.Refused?.Invoke(new GossipRefusal(Endpoint.Rank, sender, update));
    }

    /// <summary>Sends to the out-peers.</summary>
    private protected abstract void Publish(Span<float> parameters, long update, ReadOnlySpan<int> outPeers);

    /// <summary>Takes what an in-peer has sent since, if anything, and hears it.</summary>
    private protected abstract void Take(int inPeer, Span<float> parameters, long update);

    /// <summary>Mixes in what was taken since the last mix; returns whether the parameters changed.</summary>
    private protected abstract bool Mix(ReadOnlySpan<int> inPeers, Span<float> parameters, long update);

    /// <summary>Notes which update an in-peer has spoken of; one that cannot be counts as that of the agent itself, so that nobody waits for it.</summary>
    private protected void Hear(GossipMessage message, int inPeer, long update)
    {
        Record(GossipEventKind.Took, inPeer, message.Iteration);
        ref InPeer peer = ref Peers[inPeer];
        // Not simply the last one: a transport that keeps every message may hand over an older one after a newer one.
        peer.LastIteration = Math.Max(peer.LastIteration, message.HasSoundIteration ? message.Iteration : update);
        peer.IsAbsent = false;
    }

    /// <summary>Takes what has come; whether the agent may mix now.</summary>
    private bool TryReceive(ReadOnlySpan<int> inPeers, Span<float> parameters, long update)
    {
        foreach (int rank in inPeers)
        {
            ref InPeer peer = ref Peers[rank];
            bool hasLeft = Endpoint.HasLeft(rank); // before receiving: nothing comes after the last message taken now
            Take(rank, parameters, update);
            if (hasLeft && !peer.IsAbsent)
            {
                peer.IsAbsent = true;
                Record(GossipEventKind.Left, rank);
            }
        }

        return Volatile.Read(ref _stopRequested) || !IsTooStale(inPeers, update);
    }

    /// <summary>Does what an earlier run has done in this exchange; false while a message is missing, or others are to take messages of this agent first.</summary>
    private bool TryFollow(IGossipScript script, Span<float> parameters, long update)
    {
        ReplayEndpoint endpoint = (ReplayEndpoint)Endpoint;
        while (endpoint.HasRoom && script.Next is { } next)
        {
            switch (next.Kind)
            {
                case GossipEventKind.Over:
                    script.Advance();
                    return true;
                case GossipEventKind.Took when endpoint.TryAllow(next.Peer, next.Iteration):
                    Take(next.Peer, parameters, update);
                    break;
                case GossipEventKind.Took:
                    return false;
                case GossipEventKind.Left:
                    Peers[next.Peer].IsAbsent = true;
                    break;
                case GossipEventKind.GaveUp:
                    GoOnWithout(next.Peer, update, waited: _options.TimeOut ?? TimeSpan.Zero);
                    break;
                default:
                    throw new InvalidOperationException($"The record has agent {Endpoint.Rank} get a message back in the middle of exchange {update}.");
            }

            script.Advance();
        }

        return false;
    }

    private void GoOnWithout(int rank, long update, TimeSpan waited)
    {
        ref InPeer peer = ref Peers[rank];
        peer.IsAbsent = true;
        Record(GossipEventKind.GaveUp, rank);
        Statistics.CountTimeOut();
        _options.TimedOut?.Invoke(new GossipTimeOut(Endpoint.Rank, rank, update, peer.LastIteration, waited));
    }

    private bool IsTooStale(ReadOnlySpan<int> inPeers, long update)
    {
        foreach (int rank in inPeers)
        {
            if (IsTooStale(Peers[rank], update))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsTooStale(in InPeer peer, long update) => !peer.IsAbsent && update - peer.LastIteration > _options.MaxStaleness;

    /// <summary>How long the exchange under way waits; the first to ask starts the wait.</summary>
    private TimeSpan Waited()
    {
        if (_waitsSince is not { } start)
        {
            _waitsSince = _options.Clock.GetTimestamp();
            Statistics.StartWaiting();
            return TimeSpan.Zero;
        }

        return _options.Clock.GetElapsedTime(start);
    }

    private void EndWait()
    {
        if (_waitsSince is { } start)
        {
            Statistics.StopWaiting(_options.Clock.GetElapsedTime(start));
            _waitsSince = null;
        }
    }
}
