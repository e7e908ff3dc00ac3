namespace Gala.Gossip;

/// <summary>Asynchronous push-sum: gossip that keeps the average on graphs whose agents send and receive in different numbers.</summary>
/// <remarks>
/// <para>Source: Assran, Loizou, Ballas, Rabbat, "Stochastic gradient push", ICML 2019. An agent holds a weight w, at first 1. It gives
/// its out-peers equal shares of it, keeps one for itself, and takes in what comes: z ← (w z + Σ mⱼ zⱼ) / (w + Σ mⱼ), w ← w + Σ mⱼ. Weight is never
/// made nor lost, on its way included, and neither is Σ w z by gossip, in whatever order messages come. Without local updates all agents
/// therefore agree on the mean that they began with.</para>
/// <para>The published method carries x = w z and adds a local update to x as it is, so z moves by Δ / w. Without a common clock an agent
/// that sends often and receives seldom has a small w, and its steps would grow without bound; here z moves by Δ, whatever w is.</para>
/// <para>Of a message that is refused the weight is taken, as if it had come with z itself: Σ w stays n, since a sender that is refused again and again
/// would otherwise drain the network of it. Only a weight that cannot be is lost. Σ w z is not kept by either.</para>
/// </remarks>
public sealed class PushSumAgent : AsynchronousGossip
{
    private const double LeastWeight = 1e-9; // who has no more than this gives nothing away, so that w never vanishes

    private long _oldest; // iteration of the oldest message taken in by this exchange; None if there was none
    private bool _changed; // the parameters, by this exchange

    /// <summary>Joins a transport at one agent's end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    /// <exception cref="ArgumentException">The transport may lose a message and its weight.</exception>
    public PushSumAgent(IGossipTransport transport, int rank, GossipAgentOptions? options = null)
        : this(transport, rank, options, statistics: null)
    {
    }

    internal PushSumAgent(IGossipTransport transport, int rank, GossipAgentOptions? options, GossipStatistics? statistics)
        : base(transport, rank, options, statistics)
    {
        if (!transport.KeepsEveryWeight)
        {
            throw new ArgumentException("Push-sum needs a transport that loses no message.", nameof(transport));
        }
    }

    /// <summary>w: this agent's share of the network's n. Agent's own thread only.</summary>
    public double Weight { get; private set; } = 1;

    private protected override void Publish(Span<float> parameters, long update, ReadOnlySpan<int> outPeers)
    {
        (_oldest, _changed) = (GossipMessage.None, false);
        double share = Weight > LeastWeight ? Weight / (1 + outPeers.Length) : 0;
        Weight -= share * outPeers.Length;
        Endpoint.Publish(parameters, update, share);
        foreach (int peer in outPeers)
        {
            GossipMessage returned = Endpoint.Replaced(peer);
            if (returned.Exists)
            {
                Record(GossipEventKind.Returned, peer);
                TakeIn(returned, Endpoint.Rank, parameters, update);
            }
        }
    }

    private protected override void Take(int inPeer, Span<float> parameters, long update)
    {
        while (Endpoint.TryReceive(inPeer)) // each of them, where a transport keeps more than the latest
        {
            GossipMessage message = Endpoint.Received(inPeer);
            Hear(message, inPeer, update);
            if (TakeIn(message, inPeer, parameters, update))
            {
                _oldest = _oldest == GossipMessage.None ? message.Iteration : Math.Min(_oldest, message.Iteration);
            }
        }
    }

    private protected override bool Mix(ReadOnlySpan<int> inPeers, Span<float> parameters, long update)
    {
        if (_oldest != GossipMessage.None)
        {
            Statistics.CountMix(update - _oldest);
        }

        return _changed;
    }

    /// <summary>Adds a message's share to what the agent has; false if it takes the weight alone.</summary>
    private bool TakeIn(GossipMessage message, int sender, Span<float> parameters, long update)
    {
        bool accepted = Accepts(message, sender, update);
        Weight += accepted || message.HasSoundWeight(Topology.Agents) ? message.Weight : 0;
        if (accepted)
        {
            _changed = true;
            message.MixInto(parameters, (float)(message.Weight / Weight));
        }

        return accepted;
    }
}
