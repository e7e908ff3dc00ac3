using Gala.Gossip;

namespace Gala.Architectures;

/// <summary>Mixes the mean squares of an agent's RMSProp and its gradient along with its parameters, in one message and with the same weights.</summary>
/// <param name="gossip">Of messages of <see cref="GradientMessage.Length"/>.</param>
/// <param name="exchange">The agent's own; several gossips of one agent share it.</param>
public sealed class GradientGossip(IGossip gossip, GradientExchange exchange) : IGossip
{
    /// <inheritdoc />
    public GossipStatistics Statistics => gossip.Statistics;

    /// <inheritdoc />
    public bool IsDispensable => gossip.IsDispensable;

    /// <inheritdoc />
    public bool HasHeardAll => gossip.HasHeardAll;

    /// <inheritdoc />
    public TimeSpan Patience => gossip.Patience;

    /// <inheritdoc />
    public Action? WakeUp
    {
        set => gossip.WakeUp = value;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException"><paramref name="parameters"/> are not the network's.</exception>
    public void Send(Span<float> parameters, in CompletedUpdate update) => gossip.Send(exchange.Write(parameters), update);

    /// <inheritdoc />
    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        bool isOver = gossip.TryMix(exchange.Message, update, out result);
        if (result.Mixed)
        {
            exchange.Read();
        }

        return isOver;
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
