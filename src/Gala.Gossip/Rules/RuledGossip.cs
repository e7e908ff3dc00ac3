namespace Gala.Gossip;

/// <summary>Gossip after some of an agent's updates, as a rule decides. The others cost nothing.</summary>
/// <remarks>Messages carry the number of the exchange in place of the update's, so staleness and the rounds of a changing graph count exchanges.</remarks>
public class RuledGossip : IGossip
{
    private readonly IGossip _gossip;
    private long _exchanges;
    private bool _isDue; // whether an exchange follows the update under way
    private bool _isOpen; // whether that has begun
    private bool _stopRequested; // written by any thread, read by the agent's

    /// <summary>Puts an agent's gossip under a rule.</summary>
    /// <param name="gossip">What an exchange is.</param>
    /// <param name="rule">The agent's own.</param>
    public RuledGossip(IGossip gossip, IGossipRule rule)
    {
        ArgumentNullException.ThrowIfNull(gossip);
        ArgumentNullException.ThrowIfNull(rule);
        (_gossip, Rule) = (gossip, rule);
    }

    /// <inheritdoc />
    public GossipStatistics Statistics => _gossip.Statistics;

    /// <inheritdoc />
    public bool IsDispensable => _gossip.IsDispensable;

    private protected IGossipRule Rule { get; }

    /// <inheritdoc />
    public bool HasHeardAll => !_isOpen || _gossip.HasHeardAll;

    /// <inheritdoc />
    public TimeSpan Patience => _gossip.Patience;

    /// <inheritdoc />
    public virtual Action? WakeUp
    {
        set => _gossip.WakeUp = value;
    }

    /// <inheritdoc />
    public void Send(Span<float> parameters, in CompletedUpdate update)
    {
        _isOpen = false;
        Begin(Rule.IsDue(update), update.Number);
        GoOn(parameters, update);
    }

    /// <inheritdoc />
    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        if (!GoOn(parameters, update))
        {
            result = default;
            return false;
        }

        if (_isOpen)
        {
            return _gossip.TryMix(parameters, update with { Number = _exchanges }, out result);
        }

        result = new GossipResult(Mixed: false, StopsWithoutExchange);
        return true;
    }

    /// <inheritdoc />
    public void RequestStop()
    {
        Volatile.Write(ref _stopRequested, true);
        _gossip.RequestStop();
    }

    /// <inheritdoc />
    public void Leave() => _gossip.Leave();

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_exchanges);
        Rule.SaveState(writer);
        _gossip.SaveState(writer);
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _exchanges = reader.ReadInt64();
        Rule.LoadState(reader);
        _gossip.LoadState(reader);
    }

    /// <summary>Takes in what the rule says of an update.</summary>
    private protected virtual void Begin(bool isDue, long update) => _isDue = isDue;

    /// <summary>Whether an exchange follows the update that was begun; null while that is not known.</summary>
    private protected virtual bool? IsDue() => _isDue;

    /// <summary>Whether the agent is to stop after an update that no exchange follows.</summary>
    private protected virtual bool StopsWithoutExchange => Volatile.Read(ref _stopRequested);

    /// <summary>Begins the exchange if there is one and it has not begun; false while it is not known whether there is.</summary>
    private bool GoOn(Span<float> parameters, in CompletedUpdate update)
    {
        if (_isOpen)
        {
            return true;
        }

        if (IsDue() is not { } isDue)
        {
            return false;
        }

        if (isDue)
        {
            _isOpen = true;
            _gossip.Send(parameters, update with { Number = ++_exchanges });
        }

        return true;
    }
}
