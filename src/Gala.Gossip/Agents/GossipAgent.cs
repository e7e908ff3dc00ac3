namespace Gala.Gossip;

/// <summary>GALA's gossip: the plain mean of an agent's parameters and those of its in-peers, as soon as every one of them has spoken.</summary>
/// <remarks>Source: Assran et al. 2019 (arXiv 1906.04585), algorithm 1: broadcast xᵢ without blocking; with a message from every
/// in-peer, xᵢ ← (xᵢ + Σⱼ mⱼ) / (1 + in-degree); without, go on. Each message is used once. Weights are the receiver's. In-peers that are absent, and
/// those whose messages were refused, are left out of sum and in-degree.</remarks>
public sealed class GossipAgent : AsynchronousGossip
{
    /// <summary>Joins a transport at one agent's end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    public GossipAgent(IGossipTransport transport, int rank, GossipAgentOptions? options = null)
        : this(transport, rank, options, statistics: null)
    {
    }

    internal GossipAgent(IGossipTransport transport, int rank, GossipAgentOptions? options, GossipStatistics? statistics)
        : base(transport, rank, options, statistics)
    {
    }

    private protected override void Publish(Span<float> parameters, long update, ReadOnlySpan<int> outPeers) =>
        Endpoint.Publish(parameters, update);

    private protected override void Take(int inPeer, Span<float> parameters, long update)
    {
        if (Endpoint.TryReceive(inPeer))
        {
            GossipMessage message = Endpoint.Received(inPeer);
            Hear(message, inPeer, update);
            ref InPeer peer = ref Peers[inPeer];
            peer.IsRefused = !message.HasSoundHeader(Topology.Agents); // its elements are looked at when they are mixed: they are read from far away
            peer.HasMessage = !peer.IsRefused; // if not, the one before is gone as well: its place was taken
            if (peer.IsRefused)
            {
                Refuse(inPeer, update);
            }
        }
    }

    private protected override bool Mix(ReadOnlySpan<int> inPeers, Span<float> parameters, long update)
    {
        int messages = 0;
        foreach (int rank in inPeers)
        {
            if (Peers[rank].HasMessage)
            {
                messages++;
            }
            else if (Peers[rank] is { IsAbsent: false, IsRefused: false })
            {
                return false; // all or nothing, so that the weights are those of the mixing matrix
            }
        }

        messages -= RefuseUnsound(inPeers, update);
        if (messages == 0)
        {
            return false;
        }

        Statistics.CountMix(Average(inPeers, messages, parameters, update));
        return true;
    }

    /// <summary>x ← (x + Σ m) / (1 + messages); returns how far the oldest message was behind.</summary>
    private long Average(ReadOnlySpan<int> inPeers, int messages, Span<float> parameters, long update)
    {
        long staleness = long.MinValue;
        int taken = 0;
        foreach (int rank in inPeers)
        {
            ref InPeer peer = ref Peers[rank];
            peer.IsRefused = false; // once, as a message is used once
            if (!peer.HasMessage)
            {
                continue;
            }

            GossipMessage message = Endpoint.Received(rank);
            staleness = Math.Max(staleness, update - message.Iteration);
            peer.HasMessage = false;
            message.AverageInto(parameters, ++taken, messages);
        }

        return staleness;
    }

    /// <summary>Refuses what may not be mixed; returns how many those are.</summary>
    private int RefuseUnsound(ReadOnlySpan<int> inPeers, long update)
    {
        int refused = 0;
        foreach (int rank in inPeers)
        {
            ref InPeer peer = ref Peers[rank];
            if (peer.HasMessage && !Endpoint.Received(rank).HasSoundElements)
            {
                (peer.HasMessage, peer.IsRefused) = (false, true);
                Refuse(rank, update);
                refused++;
            }
        }

        return refused;
    }
}
