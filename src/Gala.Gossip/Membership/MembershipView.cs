namespace Gala.Gossip;

/// <summary>Who takes part at one time, and the mailboxes between them. Never changes; another takes its place.</summary>
/// <param name="members">Ids, ascending, at least one; the place of an id is its rank.</param>
/// <param name="transport">Between as many agents.</param>
internal sealed class MembershipView(int[] members, IGossipTransport transport)
{
    private readonly int[] _members = members;

    public IGossipTransport Transport { get; } = transport;

    public ReadOnlySpan<int> Members => _members;

    /// <summary>Agents that may touch the mailboxes. Under the membership's gate.</summary>
    public int Users { get; set; }

    public bool Has(int id) => RankOf(id) >= 0;

    /// <summary>Rank of a member; negative for others.</summary>
    public int RankOf(int id) => Array.BinarySearch(_members, id);

    /// <summary>Ends every wait for a message of this view: a peer may have gone over to the next one, or never have come to this.</summary>
    public void Close()
    {
        for (int rank = 0; rank < _members.Length; rank++)
        {
            Transport.Endpoint(rank).Leave();
        }
    }
}
