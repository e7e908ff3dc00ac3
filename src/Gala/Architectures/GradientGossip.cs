using Gala.Gossip;

namespace Gala.Architectures;

/// <summary>Mixes the mean squares of an agent's RMSProp and its gradient along with its parameters, in one message and with the same weights.</summary>
/// <param name="gossip">Of messages of <see cref="GradientExchange.MessageLength"/>.</param>
/// <param name="exchange">The agent's own; several gossips of one agent share it.</param>
public sealed class GradientGossip(IGossip gossip, GradientExchange exchange) : IGossip
{
    /// <inheritdoc />
    public GossipStatistics Statistics => gossip.Statistics;

    /// <inheritdoc />
    public bool IsDispensable => gossip.IsDispensable;

    /// <inheritdoc />
    /// <exception cref="ArgumentException"><paramref name="parameters"/> are not as many as the network has.</exception>
    public GossipResult Exchange(Span<float> parameters, long update, CancellationToken cancellationToken = default)
    {
        GossipResult result = gossip.Exchange(exchange.Write(parameters), update, cancellationToken);
        if (result.Mixed)
        {
            exchange.Read(parameters);
        }

        return result;
    }

    /// <inheritdoc />
    public void RequestStop() => gossip.RequestStop();

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer) => gossip.SaveState(writer);

    /// <inheritdoc />
    public void LoadState(BinaryReader reader) => gossip.LoadState(reader);

    /// <inheritdoc />
    public void Leave() => gossip.Leave();
}
