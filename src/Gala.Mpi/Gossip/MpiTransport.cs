using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Mpi.Watch;

namespace Gala.Mpi.Gossip;

/// <summary>Gossip between the agents of several processes: mailboxes inside a process, non-blocking messages between them.</summary>
/// <remarks>
/// <para>Agents know mailboxes only, and never wait. Of an edge between processes each side has one: <see cref="MpiThread"/> takes the latest message
/// from the sender's and puts it into the receiver's, without a copy on either side.</para>
/// <para>All processes open and dispose it together. Disposing waits until every other process has said farewell, or is silent.</para>
/// </remarks>
internal sealed class MpiTransport : IGossipTransport
{
    private readonly MpiThread _thread;
    private readonly MpiLibrary _library;
    private readonly ProcessWatch _watch;
    private readonly int _agents; // of each process
    private readonly int _first; // of this process
    private readonly Dictionary<int, Outbox> _outboxes = []; // of each sender of this process
    private readonly Mailbox?[,] _mailboxes; // [from, to]
    private readonly MailboxEndpoint[] _endpoints; // of this process
    private readonly List<OutgoingEdge> _outgoing = [];
    private readonly List<IncomingEdge> _incoming = [];
    private nint _communicator;
    private bool _isClosed;
    private bool _isOver; // once closed: MPI reads and writes nothing of this any more

    public MpiTransport(MpiThread thread, MpiLibrary library, ProcessWatch watch, int process, int agents, Topology topology, int parameterCount, bool keepsEveryWeight, MessageFormat format)
    {
        (_thread, _library, _watch, _agents, _first) = (thread, library, watch, agents, process * agents);
        (Topology, ParameterCount, KeepsEveryWeight) = (topology, parameterCount, keepsEveryWeight);
        thread.Call(() => _communicator = library.Duplicate(library.World));
        _mailboxes = new Mailbox?[topology.Agents, topology.Agents];
        for (int from = 0; from < topology.Agents; from++)
        {
            Open(from, PeersOverPeriod.Out(topology, from), format);
        }

        _endpoints = [.. Enumerable.Range(_first, agents)
            .Select(rank => new MailboxEndpoint(topology, rank, _mailboxes, _outboxes.GetValueOrDefault(rank), thread.MoveOn))];
        thread.Call(() =>
        {
            _incoming.ForEach(thread.Add);
            _outgoing.ForEach(thread.Add);
        });
    }

    public Topology Topology { get; }

    public int ParameterCount { get; }

    public bool KeepsEveryWeight { get; }

    public IGossipEndpoint Endpoint(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, _first);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, _first + _agents);
        return _endpoints[rank - _first];
    }

    public void Close()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        Array.ForEach(_endpoints, endpoint => endpoint.Leave());
        _thread.Call(() => _incoming.ForEach(edge => edge.IsDeaf = true));
        _thread.WaitUntil(() => _incoming.TrueForAll(edge => edge.IsIdle) && _outgoing.TrueForAll(edge => edge.IsIdle));
        _thread.Call(() => _isOver = _incoming.TrueForAll(edge => edge.IsOver) && _outgoing.TrueForAll(edge => edge.IsOver));
        if (_isOver)
        {
            _thread.Call(() =>
            {
                _incoming.ForEach(_thread.Remove);
                _outgoing.ForEach(_thread.Remove);
                _library.Free(_communicator);
            });
        }
    }

    public void Dispose()
    {
        Close();
        if (!_isOver)
        {
            return; // what MPI may still read and write, should a silent process come back, stays as long as this one
        }

        _incoming.ForEach(edge => edge.Dispose());
        _outgoing.ForEach(edge => edge.Dispose());
        foreach (Mailbox? mailbox in _mailboxes)
        {
            mailbox?.Dispose();
        }

        foreach (Outbox outbox in _outboxes.Values)
        {
            outbox.Dispose();
        }
    }

    private void Open(int from, ReadOnlySpan<int> outPeers, MessageFormat format)
    {
        if (IsHere(from) && outPeers.Length > 0)
        {
            _outboxes[from] = new Outbox(ParameterCount, format, outPeers.Length);
        }

        foreach (int to in outPeers)
        {
            int tag = (from % _agents * _agents) + (to % _agents); // among the edges between the same two processes
            if (IsHere(from))
            {
                Mailbox mailbox = _mailboxes[from, to] = new Mailbox(_outboxes[from]);
                if (!IsHere(to))
                {
                    _outgoing.Add(new OutgoingEdge(mailbox, new MpiRequest(_library, _communicator, to / _agents, tag), _watch.Of(to / _agents)));
                }
            }
            else if (IsHere(to))
            {
                Mailbox mailbox = _mailboxes[from, to] = new Mailbox(ParameterCount, format);
                _incoming.Add(new IncomingEdge(mailbox, new MpiRequest(_library, _communicator, from / _agents, tag), KeepsEveryWeight, _watch.Of(from / _agents)));
            }
        }
    }

    private bool IsHere(int rank) => rank / _agents == _first / _agents;
}
