namespace Gala.Gossip;

/// <summary>One agent's end of a gossip that is repeated.</summary>
internal sealed class ReplayEndpoint(Topology topology, int rank, ReplayEdge?[,] edges, IGossipScript script, Action<int> wake) : IGossipEndpoint
{
    private readonly int[] _inPeers = PeersOverPeriod.In(topology, rank);
    private readonly int[] _outPeers = PeersOverPeriod.Out(topology, rank);
    private Action? _wakeUp; // written by the agent, called by any thread

    public int Rank => rank;

    public Action? WakeUp
    {
        set => Volatile.Write(ref _wakeUp, value);
    }

    /// <summary>Whether the agent may mix: all that it sent before its last message was taken where it is to be.</summary>
    public bool HasRoom => Array.TrueForAll(_outPeers, peer => edges[rank, peer]!.HasRoom);

    /// <summary>Whether another agent takes a message that this one has still to send.</summary>
    public bool IsNeeded => Array.Exists(_outPeers, peer => edges[rank, peer]!.IsNeeded);

    public void Wake() => Volatile.Read(ref _wakeUp)?.Invoke();

    public void Publish(ReadOnlySpan<float> parameters, long iteration, double weight = 1)
    {
        foreach (int peer in topology.OutPeers(rank, iteration))
        {
            edges[rank, peer]!.Publish(parameters, iteration, weight);
            wake(peer);
        }
    }

    public GossipMessage Replaced(int outPeer)
    {
        if (script.Next is { Kind: GossipEventKind.Returned } next && next.Peer == outPeer)
        {
            script.Advance();
            return edges[rank, outPeer]!.BeforeLast;
        }

        return new GossipMessage(ReadOnlySpan<float>.Empty, GossipMessage.None);
    }

    /// <summary>Lets <see cref="TryReceive"/> find a message of an in-peer; false if it has not come yet.</summary>
    public bool TryAllow(int inPeer, long iteration) => edges[inPeer, rank]!.TryAllow(iteration);

    public bool TryReceive(int inPeer)
    {
        if (!edges[inPeer, rank]!.TryTake())
        {
            return false;
        }

        wake(inPeer); // which may wait for that
        return true;
    }

    public GossipMessage Received(int inPeer) => edges[inPeer, rank]!.Current;

    public bool HasNews(int inPeer) => edges[inPeer, rank]!.HasMessage;

    /// <remarks>The record says by itself who had left.</remarks>
    public bool HasLeft(int inPeer) => false;

    public void Leave()
    {
        Array.ForEach(_inPeers, wake);
        Array.ForEach(_outPeers, wake);
    }
}
