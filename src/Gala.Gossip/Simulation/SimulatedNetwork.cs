namespace Gala.Gossip;

/// <summary>A network in virtual time: messages are late, overtake each other and get lost as its conditions say, and equal seeds give equal runs.</summary>
/// <remarks>
/// <para>Time stands still until <see cref="AdvanceTo"/>. A message's fate is a function of the seed, its edge and its iteration, and does not depend on
/// what else is sent. The word that an agent has left is late like a message, never lost, and comes after all that it sent before.</para>
/// <para>Where only the latest message counts, what arrives after a newer one is dropped, and a newer one takes the place of one not taken. Otherwise
/// each is received once, in order of arrival.</para>
/// <para>All edges of a sender share one copy of a message, and what a sender or receiver holds goes with its number of peers, so thousands of
/// agents fit. One gate guards everything, so that agents may have threads of their own.</para>
/// </remarks>
public sealed class SimulatedNetwork : IGossipTransport
{
    private readonly Lock _gate = new();
    private readonly NetworkConditions _conditions;
    private readonly bool _keepsEveryMessage;
    private readonly SimulatedEndpoint[] _endpoints;
    private readonly PriorityQueue<(SimulatedEdge Edge, Payload? Payload), (TimeSpan Time, long Number)> _underWay = new(); // no payload: the sender left
    private readonly Stack<Payload> _free;
    private readonly float[] _zeros;
    private long _numbered; // entries of the queue so far: what is due at the same time comes in order of sending

    /// <summary>A network at time zero with nothing on its way.</summary>
    /// <param name="topology">Who sends to whom.</param>
    /// <param name="parameterCount">Elements of every message.</param>
    /// <param name="conditions">What happens to messages; nothing, at once, if null.</param>
    /// <param name="keepsEveryMessage">Whether every message is received, and not only the latest: for push-sum.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parameterCount"/> is negative or the loss no probability.</exception>
    public SimulatedNetwork(Topology topology, int parameterCount, NetworkConditions? conditions = null, bool keepsEveryMessage = false)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        _conditions = conditions ?? new NetworkConditions();
        ArgumentOutOfRangeException.ThrowIfNegative(_conditions.Loss, nameof(conditions));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_conditions.Loss, 1, nameof(conditions));
        (Topology, ParameterCount, _keepsEveryMessage) = (topology, parameterCount, keepsEveryMessage);
        _zeros = new float[parameterCount];
        _free = new Stack<Payload>(Enumerable.Range(0, 2 * topology.Agents).Select(_ => new Payload(parameterCount)));
        _endpoints = [.. Enumerable.Range(0, topology.Agents).Select(rank => new SimulatedEndpoint(this, rank))];
        Array.ForEach(_endpoints, endpoint => endpoint.OpenReceivingEdges());
        Array.ForEach(_endpoints, endpoint => endpoint.FindSendingEdges(_endpoints));
    }

    /// <inheritdoc />
    public Topology Topology { get; }

    /// <inheritdoc />
    public int ParameterCount { get; }

    /// <inheritdoc />
    public bool KeepsEveryWeight => _keepsEveryMessage && _conditions.LosesNothing;

    /// <summary>Virtual time.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>When the next of what is on its way arrives; null if nothing is.</summary>
    public TimeSpan? NextArrival => _underWay.TryPeek(out _, out (TimeSpan Time, long) next) ? next.Time : null;

    /// <summary>Messages sent, one for each receiver.</summary>
    public long MessagesSent { get; private set; }

    /// <summary>Those of them that were lost.</summary>
    public long MessagesLost { get; private set; }

    internal GossipMessage NoMessage => new(_zeros, GossipMessage.None, 0);

    /// <summary>Told the receiver's rank when something has arrived, inside the gate.</summary>
    internal Action<int>? Arrived { get; set; }

    /// <inheritdoc />
    public IGossipEndpoint Endpoint(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, _endpoints.Length);
        return _endpoints[rank];
    }

    /// <summary>Lets time pass, and whatever arrives until then arrive.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> has passed already.</exception>
    public void AdvanceTo(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, Now);
        lock (_gate)
        {
            Now = time;
            DeliverDue();
        }
    }

    /// <summary>Does nothing: all memory is managed.</summary>
    public void Dispose()
    {
    }

    internal void Send(SimulatedEndpoint sender, ReadOnlySpan<float> parameters, long iteration, double weight)
    {
        if (parameters.Length != ParameterCount)
        {
            throw new ArgumentException($"A message of {parameters.Length} elements does not fit a network of {ParameterCount}.", nameof(parameters));
        }

        lock (_gate)
        {
            Payload payload = _free.TryPop(out Payload? free) ? free : new Payload(ParameterCount);
            parameters.CopyTo(payload.Parameters);
            (payload.Iteration, payload.Weight, payload.Holders) = (iteration, weight, 1); // this method, until all edges have it
            foreach (int receiver in Topology.OutPeers(sender.Rank, iteration))
            {
                Send(sender.EdgeTo(receiver), payload);
            }

            LetGo(payload);
            DeliverDue();
        }
    }

    internal void SendLeave(SimulatedEdge[] edges)
    {
        lock (_gate)
        {
            foreach (SimulatedEdge edge in edges)
            {
                TimeSpan arrival = Now + _conditions.DelayOf(edge.Sender, edge.Receiver, long.MaxValue); // no message has that iteration
                _underWay.Enqueue((edge, null), (arrival > edge.LastArrival ? arrival : edge.LastArrival, _numbered++));
            }

            DeliverDue();
        }
    }

    internal bool TryTake(SimulatedEdge edge)
    {
        lock (_gate)
        {
            if (!edge.Arrived.TryDequeue(out Payload? next))
            {
                return false;
            }

            if (edge.Taken is { } before)
            {
                LetGo(before);
            }

            edge.Taken = next;
            return true;
        }
    }

    internal bool HasNews(SimulatedEdge edge)
    {
        lock (_gate)
        {
            return edge.Arrived.Count > 0;
        }
    }

    internal bool HasLeft(SimulatedEdge edge)
    {
        lock (_gate)
        {
            return edge.HasLeft;
        }
    }

    private void Send(SimulatedEdge edge, Payload payload)
    {
        MessagesSent++;
        if (_conditions.Loses(edge.Sender, edge.Receiver, payload.Iteration, Now))
        {
            MessagesLost++;
            return;
        }

        TimeSpan arrival = Now + _conditions.DelayOf(edge.Sender, edge.Receiver, payload.Iteration);
        edge.LastArrival = arrival > edge.LastArrival ? arrival : edge.LastArrival;
        payload.Holders++;
        _underWay.Enqueue((edge, payload), (arrival, _numbered++));
    }

    private void DeliverDue()
    {
        while (NextArrival <= Now)
        {
            (SimulatedEdge edge, Payload? payload) = _underWay.Dequeue();
            if (payload is null)
            {
                edge.HasLeft = true;
            }
            else
            {
                Deliver(edge, payload);
            }

            Arrived?.Invoke(edge.Receiver);
        }
    }

    private void Deliver(SimulatedEdge edge, Payload payload)
    {
        if (!_keepsEveryMessage)
        {
            if (payload.Iteration <= edge.Newest)
            {
                LetGo(payload); // overtaken
                return;
            }

            if (edge.Arrived.TryDequeue(out Payload? older))
            {
                LetGo(older);
            }
        }

        edge.Newest = Math.Max(edge.Newest, payload.Iteration);
        edge.Arrived.Enqueue(payload);
    }

    private void LetGo(Payload payload)
    {
        if (--payload.Holders == 0)
        {
            _free.Push(payload);
        }
    }
}
