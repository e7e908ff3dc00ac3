namespace Gala.Gossip;

/// <summary>The gossip of an agent that is alone: not a bit of its parameters changes.</summary>
public sealed class NoGossip : IGossip
{
    private bool _stopRequested; // written by any thread, read by the agent's

    /// <inheritdoc />
    public GossipStatistics Statistics { get; } = new();

    /// <inheritdoc />
    public void Send(Span<float> parameters, in CompletedUpdate update)
    {
        // There is nobody to send to.
    }

    /// <inheritdoc />
    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        result = new GossipResult(Mixed: false, Stop: Volatile.Read(ref _stopRequested));
        return true;
    }

    /// <inheritdoc />
    public void RequestStop() => Volatile.Write(ref _stopRequested, true);

    /// <inheritdoc />
    public void Leave()
    {
        // Nobody waits for an agent that is alone.
    }
}
