namespace Gala.Gossip.Tests;

/// <summary>One agent's end of a <see cref="RecordedTransport"/>.</summary>
internal sealed class RecordedEndpoint(RecordedTransport transport, IGossipEndpoint inner) : IGossipEndpoint
{
    public int Rank => inner.Rank;

    /// <summary>Of each in-peer, the newest iteration received.</summary>
    public Dictionary<int, long> Newest { get; } = [];

    /// <summary>Of each in-peer, the message taken last if it was taken since the last mix.</summary>
    public SortedDictionary<int, float[]> Unmixed { get; } = [];

    public void Publish(ReadOnlySpan<float> parameters, long iteration, double weight = 1)
    {
        transport.Sent.Add((Rank, iteration), (parameters.ToArray(), weight));
        foreach (int _ in transport.Topology.OutPeers(Rank, iteration))
        {
            transport.Count(weight, parameters);
        }

        inner.Publish(parameters, iteration, weight);
    }

    public GossipMessage Replaced(int outPeer) => inner.Replaced(outPeer);

    public bool TryReceive(int inPeer)
    {
        if (!inner.TryReceive(inPeer))
        {
            return false;
        }

        GossipMessage message = inner.Received(inPeer);
        Assert.True(transport.Received.Add((inPeer, Rank, message.Iteration)), "received twice");
        (float[] parameters, double weight) = transport.Sent[(inPeer, message.Iteration)];
        Assert.True(message.Parameters.SequenceEqual(parameters) && message.Weight == weight, "not what was sent");
        Assert.True(transport.KeepsEveryWeight || message.Iteration > Newest.GetValueOrDefault(inPeer), "older than the newest taken");
        transport.Count(-weight, parameters);
        Newest[inPeer] = Math.Max(Newest.GetValueOrDefault(inPeer), message.Iteration);
        Unmixed[inPeer] = parameters;
        return true;
    }

    public GossipMessage Received(int inPeer) => inner.Received(inPeer);

    public bool HasNews(int inPeer) => inner.HasNews(inPeer);

    public bool HasLeft(int inPeer) => inner.HasLeft(inPeer);

    public void Leave() => inner.Leave();
}
