namespace Gala.Gossip;

/// <summary>The in-peers that an agent has in any round, found by rank. Its size is their number and not that of all agents.</summary>
internal sealed class InPeerTable
{
    private readonly int[] _ranks;
    private readonly InPeer[] _peers;

    public InPeerTable(Topology topology, int rank)
    {
        _ranks = PeersOverPeriod.In(topology, rank);
        _peers = new InPeer[_ranks.Length];
    }

    public ref InPeer this[int inPeer] => ref _peers[Array.BinarySearch(_ranks, inPeer)];

    public void Fill(InPeer value) => Array.Fill(_peers, value);
}
