namespace Gala.Gossip;

/// <summary>Asynchronous gossip of an agent among others that may join, leave or die.</summary>
/// <remarks>
/// <para>A change of the membership costs an agent no wait: at its next exchange it goes on in the new graph, with that graph's weights. There all
/// agents count their exchanges from 1, so that nobody waits for one that was slower before, or that has just begun.</para>
/// <para>An in-peer that keeps silent past the time-out is taken out of the membership. Should it be alive, it finds out at its next exchange,
/// joins again and takes over the parameters of an in-peer.</para>
/// </remarks>
public sealed class ElasticGossip : IGossip
{
    private static readonly TimeSpan EntryPoll = TimeSpan.FromMilliseconds(1);

    private readonly Membership _membership;
    private readonly int _id;
    private readonly GossipAgentOptions _options;
    private MembershipView? _view; // that the agent uses
    private volatile AsynchronousGossip? _gossip; // in that view; written by the agent's thread
    private long _exchanges; // in that view
    private bool _isEntering; // the exchange under way begins with taking over another's parameters
    private bool _hasEntered; // which it has done
    private bool _isOpen; // it was sent, and is not over
    private Action? _wakeUp;
    private long _wentOver; // when it went over to that view, by the clock of the options
    private bool _stopRequested; // written by any thread, read by the agent's
    private int _state; // a State; how Leave, from any thread, and the agent's own exchange keep out of each other's way

    /// <summary>An agent's end; one that is not a member yet joins by <see cref="TryEnter"/> or by its first exchange.</summary>
    /// <param name="membership">Of all agents.</param>
    /// <param name="id">The agent's, for good.</param>
    /// <param name="options">When to wait, and how long; peers that are told to have been given up are so by their ids.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is negative.</exception>
    public ElasticGossip(Membership membership, int id, GossipAgentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(membership);
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        (_membership, _id) = (membership, id);
        _options = options ?? new GossipAgentOptions();
    }

    private enum State
    {
        Idle,
        Busy, // sending or mixing
        Left,
    }

    /// <inheritdoc />
    public GossipStatistics Statistics { get; } = new();

    /// <inheritdoc />
    public bool IsDispensable => true;

    /// <summary>Joins, and takes over the parameters of an in-peer once one has sent any. Never waits; agent's own thread only.</summary>
    /// <param name="parameters">Shape [P]; untouched while nothing has come.</param>
    /// <returns>Whether the agent may begin: false while it is to ask again, true at once where there is nobody to take them over from.</returns>
    /// <exception cref="InvalidOperationException">The agent has left.</exception>
    public bool TryEnter(Span<float> parameters)
    {
        Begin();
        try
        {
            return TryTakeOver(parameters);
        }
        finally
        {
            End();
        }
    }

    /// <inheritdoc />
    public bool HasHeardAll => _gossip?.HasHeardAll ?? false;

    /// <inheritdoc />
    /// <remarks>One that takes over another's parameters looks for them again and again.</remarks>
    public TimeSpan Patience => _isEntering ? EntryPoll : _gossip?.Patience ?? Timeout.InfiniteTimeSpan;

    /// <inheritdoc />
    public Action? WakeUp
    {
        set
        {
            _wakeUp = value;
            if (_gossip is { } gossip)
            {
                gossip.WakeUp = value;
            }
        }
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The agent has left.</exception>
    public void Send(Span<float> parameters, in CompletedUpdate update)
    {
        Begin();
        try
        {
            _isEntering = _membership.Current?.Has(_id) != true;
            _hasEntered = false;
            _ = TrySend(parameters, update);
        }
        finally
        {
            End();
        }
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The agent has left.</exception>
    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        Begin();
        try
        {
            result = default;
            if (!TrySend(parameters, update) || !_gossip!.TryMix(parameters, update with { Number = _exchanges }, out result))
            {
                return false;
            }

            _isOpen = false;
            result = result with { Mixed = result.Mixed || _hasEntered };
            return true;
        }
        finally
        {
            End();
        }
    }

    /// <inheritdoc />
    public void RequestStop()
    {
        Volatile.Write(ref _stopRequested, true);
        Interlocked.MemoryBarrier(); // either this thread finds the gossip that is made this moment, or its maker finds the request
        _gossip?.RequestStop();
    }

    /// <inheritdoc />
    public void Leave()
    {
        State before = (State)Interlocked.Exchange(ref _state, (int)State.Left);
        _membership.Remove(_id);
        if (before == State.Idle)
        {
            Release();
        }
    }

    private void Begin()
    {
        if (Interlocked.CompareExchange(ref _state, (int)State.Busy, (int)State.Idle) != (int)State.Idle)
        {
            throw new InvalidOperationException($"Agent {_id} has left.");
        }
    }

    private void End()
    {
        if (Interlocked.CompareExchange(ref _state, (int)State.Idle, (int)State.Busy) == (int)State.Left)
        {
            Release(); // it left in the middle of it
        }
    }

    private bool TryTakeOver(Span<float> parameters)
    {
        bool first = Join();
        GoOver();
        IGossipEndpoint endpoint = _view!.Transport.Endpoint(_view.RankOf(_id));
        ReadOnlySpan<int> inPeers = _view.Transport.Topology.InPeers(endpoint.Rank, _exchanges + 1);
        foreach (int peer in inPeers)
        {
            if (!first && endpoint.TryReceive(peer) && endpoint.Received(peer) is var message && _gossip!.Accepts(message, peer, _exchanges + 1))
            {
                message.CopyTo(parameters);
                _exchanges = message.Iteration;
                _gossip.Send(parameters, _exchanges); // so that out-peers count from here, and not from before it was there
                _membership.HasTakenOver(_id);
                return true;
            }
        }

        TimeSpan waited = _options.Clock.GetElapsedTime(_wentOver);
        if (!first && waited >= _options.TimeOut)
        {
            MembershipView view = _view;
            foreach (int peer in inPeers)
            {
                GiveUp(view, new GossipTimeOut(endpoint.Rank, peer, _exchanges, GossipMessage.None, waited));
            }
        }

        return first;
    }

    /// <summary>Begins the exchange under way, once the agent has taken over the parameters of another if it must. A stop ends that.</summary>
    private bool TrySend(Span<float> parameters, in CompletedUpdate update)
    {
        if (_isOpen)
        {
            return true;
        }

        if (_isEntering && !Volatile.Read(ref _stopRequested))
        {
            if (!TryTakeOver(parameters))
            {
                return false;
            }

            _hasEntered = true;
        }

        _isEntering = false;
        GoOver();
        _gossip!.Send(parameters, update with { Number = ++_exchanges });
        _isOpen = true;
        return true;
    }

    /// <summary>Takes this agent in, unless it has left meanwhile; whether it is to begin with its own parameters.</summary>
    private bool Join()
    {
        bool first = _membership.Join(_id);
        if (Volatile.Read(ref _state) == (int)State.Left)
        {
            _membership.Remove(_id); // again: it was before it joined, perhaps
            throw new InvalidOperationException($"Agent {_id} has left.");
        }

        return first;
    }

    private void GoOver()
    {
        while (_gossip is null || _membership.Current != _view)
        {
            _view = _membership.GoOver(_view);
            int rank = _view?.RankOf(_id) ?? -1;
            _gossip = rank < 0 ? null : Create(_view!, rank);
            (_exchanges, _wentOver) = (0, _options.Clock.GetTimestamp());
            if (_gossip is { } made)
            {
                made.WakeUp = _wakeUp;
            }

            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _stopRequested))
            {
                _gossip?.RequestStop();
            }

            if (rank < 0)
            {
                Join(); // taken out this very moment, by one that had waited for too long
            }
        }
    }

    private AsynchronousGossip Create(MembershipView view, int rank)
    {
        GossipAgentOptions options = _options with
        {
            TimedOut = timeOut => GiveUp(view, timeOut),
            Refused = refusal => _options.Refused?.Invoke(refusal with { Rank = _id, Peer = view.Members[refusal.Peer] }),
        };
        return AsynchronousGossip.Create(view.Transport, rank, options, Statistics);
    }

    private void GiveUp(MembershipView view, GossipTimeOut timeOut)
    {
        int peer = view.Members[timeOut.Peer];
        _options.TimedOut?.Invoke(timeOut with { Rank = _id, Peer = peer });
        _membership.Remove(peer, view);
    }

    private void Release()
    {
        _membership.Release(_view);
        _view = null;
    }
}
