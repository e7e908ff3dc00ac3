namespace Gala.Gossip;

/// <summary>One agent's row (out) and column (in) of the mailboxes.</summary>
/// <param name="topology">Who sends to whom.</param>
/// <param name="rank">The agent.</param>
/// <param name="mailboxes">[from, to], null where there is no edge.</param>
/// <param name="outbox">Where the messages of all the agent's edges lie; null if it has none.</param>
/// <param name="carryOn">Called after mailboxes were written or closed and before one is read, for a transport that carries messages on; null for none.</param>
internal sealed class MailboxEndpoint(Topology topology, int rank, Mailbox?[,] mailboxes, Outbox? outbox, Action? carryOn = null)
    : IGossipEndpoint
{
    private readonly Topology _topology = topology;
    private readonly Mailbox?[,] _mailboxes = mailboxes;
    private readonly Outbox? _outbox = outbox;
    private readonly Action? _carryOn = carryOn;

    public int Rank { get; } = rank;

    public Action? WakeUp
    {
        set
        {
            for (int peer = 0; peer < _topology.Agents; peer++)
            {
                if (_mailboxes[peer, Rank] is { } mailbox)
                {
                    mailbox.WakeReader = value;
                }
            }
        }
    }

    public void Publish(ReadOnlySpan<float> parameters, long iteration, double weight = 1)
    {
        if (_outbox is not null)
        {
            _outbox.Write(parameters, iteration, weight); // once for all edges
            int slot = _outbox.Post();
            foreach (int peer in _topology.OutPeers(Rank, iteration))
            {
                _mailboxes[Rank, peer]!.Publish(slot);
            }

            _outbox.Release(slot);
        }

        _carryOn?.Invoke();
    }

    public GossipMessage Replaced(int outPeer) =>
        (uint)outPeer < (uint)_topology.Agents && _mailboxes[Rank, outPeer] is { } mailbox
            ? mailbox.Replaced
            : throw new ArgumentException($"Agent {outPeer} is no out-peer of agent {Rank} on a {_topology}.", nameof(outPeer));

    public bool TryReceive(int inPeer)
    {
        _carryOn?.Invoke();
        return From(inPeer).TryTake();
    }

    public GossipMessage Received(int inPeer) => From(inPeer).Current;

    public bool HasNews(int inPeer) => From(inPeer) is { } mailbox && (mailbox.IsFresh || mailbox.IsClosed);

    public bool HasLeft(int inPeer) => From(inPeer).IsClosed;

    public void Leave()
    {
        for (int peer = 0; peer < _topology.Agents; peer++)
        {
            _mailboxes[Rank, peer]?.Close();
        }

        _carryOn?.Invoke();
    }

    private Mailbox From(int inPeer) =>
        (uint)inPeer < (uint)_topology.Agents && _mailboxes[inPeer, Rank] is { } mailbox
            ? mailbox
            : throw new ArgumentException($"Agent {inPeer} is no in-peer of agent {Rank} on a {_topology}.", nameof(inPeer));
}
