namespace Gala.Gossip;

/// <summary>Gossip after some of an agent's updates, as a rule decides. The others cost nothing.</summary>
/// <remarks>Messages carry the number of the exchange in place of the update's, so staleness and the rounds of a changing graph count exchanges.</remarks>
public class RuledGossip : IGossip
{
    private readonly IGossip _gossip;
    private long _exchanges;
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

    /// <summary>An exchange, whatever the rule says.</summary>
    /// <inheritdoc />
    public GossipResult Exchange(Span<float> parameters, long update, CancellationToken cancellationToken = default) =>
        _gossip.Exchange(parameters, ++_exchanges, cancellationToken);

    /// <inheritdoc />
    public GossipResult Exchange(Span<float> parameters, in CompletedUpdate update, CancellationToken cancellationToken = default) =>
        IsDue(update, cancellationToken, out bool stop)
            ? Exchange(parameters, update.Number, cancellationToken)
            : new GossipResult(Mixed: false, stop);

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

    /// <summary>Whether an exchange follows the update, and if none does, whether the agent is to stop.</summary>
    private protected virtual bool IsDue(in CompletedUpdate update, CancellationToken cancellationToken, out bool stop)
    {
        stop = Volatile.Read(ref _stopRequested);
        return Rule.IsDue(update);
    }
}
