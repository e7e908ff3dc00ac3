namespace Gala.Gossip;

/// <summary>Gossip between the threads of one process: a <see cref="Mailbox"/> for every directed edge.</summary>
public sealed class MailboxTransport : IGossipTransport
{
    private readonly Outbox?[] _outboxes; // of each sender
    private readonly Mailbox?[,] _mailboxes; // [from, to]
    private readonly MailboxEndpoint[] _endpoints;

    /// <summary>Opens the mailboxes of every edge that the topology has in its period.</summary>
    /// <param name="topology">Who sends to whom.</param>
    /// <param name="parameterCount">Elements of every message.</param>
    /// <param name="format">How they travel.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parameterCount"/> is negative.</exception>
    public MailboxTransport(Topology topology, int parameterCount, MessageFormat format = MessageFormat.Exact)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        Topology = topology;
        ParameterCount = parameterCount;
        _outboxes = new Outbox?[topology.Agents];
        _mailboxes = OpenMailboxes(format);
        _endpoints = [.. Enumerable.Range(0, topology.Agents).Select(rank => new MailboxEndpoint(topology, rank, _mailboxes, _outboxes[rank]))];
    }

    /// <inheritdoc />
    public Topology Topology { get; }

    /// <inheritdoc />
    public int ParameterCount { get; }

    /// <inheritdoc />
    public bool KeepsEveryWeight => true;

    /// <inheritdoc />
    public IGossipEndpoint Endpoint(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, _endpoints.Length);
        return _endpoints[rank];
    }

    /// <summary>Frees the mailboxes; every agent must have stopped.</summary>
    public void Dispose()
    {
        Array.ForEach(_outboxes, outbox => outbox?.Dispose());
    }

    private Mailbox?[,] OpenMailboxes(MessageFormat format)
    {
        Mailbox?[,] mailboxes = new Mailbox?[Topology.Agents, Topology.Agents];
        for (int from = 0; from < Topology.Agents; from++)
        {
            if (PeersOverPeriod.Out(Topology, from) is { Length: > 0 } outPeers)
            {
                Outbox outbox = _outboxes[from] = new Outbox(ParameterCount, format, outPeers.Length);
                foreach (int to in outPeers)
                {
                    mailboxes[from, to] = new Mailbox(outbox);
                }
            }
        }

        return mailboxes;
    }
}
