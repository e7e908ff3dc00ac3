namespace Gala.Gossip;

/// <summary>The agents that take part at present, which may come and go while the others train.</summary>
/// <remarks>
/// <para>Each change makes a new view: the graph of as many agents as there are now, with mailboxes of its own. Agents find it at their next
/// exchange and go over to it; messages of the old view that nobody has taken are dropped. Who changes the membership does the work, on its own
/// thread; the others read one reference until there is a change.</para>
/// <para>All methods may be called by any thread.</para>
/// </remarks>
public sealed class Membership : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<int, Topology> _topologyOf;
    private readonly int _parameterCount;
    private readonly HashSet<MembershipView> _open = []; // with mailboxes that are not freed; under the gate
    private readonly HashSet<int> _trained = []; // members with parameters that a newcomer may take over; under the gate
    private volatile MembershipView? _current; // null where nobody takes part; written under the gate

    /// <summary>A membership of agents 0 to n − 1.</summary>
    /// <param name="agents">n, at first; 0 for nobody yet.</param>
    /// <param name="parameterCount">P.</param>
    /// <param name="topologyOf">The graph of a number of agents.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public Membership(int agents, int parameterCount, Func<int, Topology> topologyOf)
    {
        ArgumentNullException.ThrowIfNull(topologyOf);
        ArgumentOutOfRangeException.ThrowIfNegative(agents);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        (_topologyOf, _parameterCount) = (topologyOf, parameterCount);
        _trained.UnionWith(Enumerable.Range(0, agents));
        Change([.. Enumerable.Range(0, agents)]);
    }

    /// <summary>Ids of those who take part, ascending.</summary>
    public IReadOnlyList<int> Members => _current is { } view ? view.Members.ToArray() : [];

    /// <summary>Views whose mailboxes are not freed yet.</summary>
    internal int OpenViews
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    internal MembershipView? Current => _current;

    /// <summary>Takes an agent in; nothing changes for one that is in already.</summary>
    /// <returns>Whether it is to begin with its own parameters, since there is nobody to take them over from.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is negative.</exception>
    public bool Join(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        lock (_gate)
        {
            if (_current?.Has(id) != true)
            {
                Change([.. Members.Append(id).Order()]);
            }

            return (_trained.Count == 0 && _trained.Add(id)) || _trained.Contains(id);
        }
    }

    /// <summary>Goes on without an agent; nothing changes for one that is out already.</summary>
    public void Remove(int id)
    {
        lock (_gate)
        {
            if (_current?.Has(id) == true)
            {
                _trained.Remove(id);
                Change([.. Members.Where(member => member != id)]);
            }
        }
    }

    /// <summary>Frees all mailboxes; every agent must have stopped.</summary>
    public void Dispose()
    {
        foreach (MembershipView view in _open)
        {
            view.Transport.Dispose();
        }

        _open.Clear();
    }

    /// <summary>A member has taken over another's parameters.</summary>
    internal void HasTakenOver(int id)
    {
        lock (_gate)
        {
            if (_current?.Has(id) == true)
            {
                _trained.Add(id);
            }
        }
    }

    /// <summary>Removes an agent that kept silent, unless the membership has changed since: the one who waited may have been the one cut off.</summary>
    internal void Remove(int id, MembershipView seenIn)
    {
        lock (_gate)
        {
            if (_current == seenIn)
            {
                Remove(id);
            }
        }
    }

    /// <summary>Lets an agent go over from the view that it used, which is freed after its last user, to the present one.</summary>
    /// <returns>The present view; null where nobody takes part.</returns>
    internal MembershipView? GoOver(MembershipView? from)
    {
        lock (_gate)
        {
            if (_current is { } view)
            {
                view.Users++;
            }

            Release(from);
            return _current;
        }
    }

    /// <summary>An agent will not touch the view's mailboxes again.</summary>
    internal void Release(MembershipView? view)
    {
        lock (_gate)
        {
            if (view is not null)
            {
                view.Users--;
                FreeIfPast(view);
            }
        }
    }

    private void Change(int[] members)
    {
        MembershipView? past = _current;
        _current = members.Length > 0 ? new MembershipView(members, new MailboxTransport(_topologyOf(members.Length), _parameterCount)) : null;
        if (_current is { } view)
        {
            _open.Add(view);
        }

        past?.Close();
        FreeIfPast(past);
    }

    private void FreeIfPast(MembershipView? view)
    {
        if (view is not null && view != _current && view.Users == 0 && _open.Remove(view))
        {
            view.Transport.Dispose();
        }
    }
}
