namespace Gala.Gossip;

/// <summary>One agent's end of a <see cref="SimulatedNetwork"/>.</summary>
internal sealed class SimulatedEndpoint(SimulatedNetwork network, int rank) : IGossipEndpoint
{
    private readonly SimulatedNetwork _network = network;
    private readonly int[] _inPeers = PeersOverPeriod.In(network.Topology, rank);
    private readonly int[] _outPeers = PeersOverPeriod.Out(network.Topology, rank);
    private SimulatedEdge[] _inEdges = [];
    private SimulatedEdge[] _outEdges = [];

    public int Rank { get; } = rank;

    public void Publish(ReadOnlySpan<float> parameters, long iteration, double weight = 1) =>
        _network.Send(this, parameters, iteration, weight);

    public GossipMessage Replaced(int outPeer)
    {
        _ = EdgeTo(outPeer);
        return _network.NoMessage; // nothing can be taken back from a network
    }

    public bool TryReceive(int inPeer) => _network.TryTake(EdgeFrom(inPeer));

    public GossipMessage Received(int inPeer) => EdgeFrom(inPeer).Taken is { } taken
        ? new GossipMessage(taken.Parameters, taken.Iteration, taken.Weight)
        : _network.NoMessage;

    public bool HasNews(int inPeer) => _network.HasNews(EdgeFrom(inPeer)) || HasLeft(inPeer);

    public bool HasLeft(int inPeer) => _network.HasLeft(EdgeFrom(inPeer));

    public void Leave() => _network.SendLeave(_outEdges);

    public void OpenReceivingEdges() => _inEdges = [.. _inPeers.Select(sender => new SimulatedEdge(sender, Rank))];

    public void FindSendingEdges(SimulatedEndpoint[] endpoints) =>
        _outEdges = [.. _outPeers.Select(receiver => endpoints[receiver].EdgeFrom(Rank))];

    public SimulatedEdge EdgeTo(int outPeer) => Array.BinarySearch(_outPeers, outPeer) is var index and >= 0
        ? _outEdges[index]
        : throw new ArgumentException($"Agent {outPeer} is no out-peer of agent {Rank} on a {_network.Topology}.", nameof(outPeer));

    private SimulatedEdge EdgeFrom(int inPeer) => Array.BinarySearch(_inPeers, inPeer) is var index and >= 0
        ? _inEdges[index]
        : throw new ArgumentException($"Agent {inPeer} is no in-peer of agent {Rank} on a {_network.Topology}.", nameof(inPeer));
}
