namespace Gala.Gossip;

/// <summary>Gossip between the threads of one process: a <see cref="Mailbox"/> for every directed edge.</summary>
public sealed class MailboxTransport : IGossipTransport
{
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
        _mailboxes = OpenMailboxes(topology, parameterCount, format);
        _endpoints = [.. Enumerable.Range(0, topology.Agents).Select(rank => new MailboxEndpoint(topology, rank, _mailboxes))];
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
        foreach (Mailbox? mailbox in _mailboxes)
        {
            mailbox?.Dispose();
        }
    }

    private static Mailbox?[,] OpenMailboxes(Topology topology, int parameterCount, MessageFormat format)
    {
        Mailbox?[,] mailboxes = new Mailbox?[topology.Agents, topology.Agents];
        for (int iteration = 0; iteration < topology.Period; iteration++)
        {
            for (int from = 0; from < topology.Agents; from++)
            {
                foreach (int to in topology.OutPeers(from, iteration))
                {
                    mailboxes[from, to] ??= new Mailbox(parameterCount, format);
                }
            }
        }

        return mailboxes;
    }
}
