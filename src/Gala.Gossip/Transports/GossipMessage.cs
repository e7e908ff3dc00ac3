namespace Gala.Gossip;

/// <summary>Parameters of another agent, in place in the receiver's own memory.</summary>
public readonly ref struct GossipMessage
{
    /// <summary>Iteration of a message that was never sent.</summary>
    public const long None = long.MinValue;

    /// <summary>A message as the sender wrote it.</summary>
    /// <param name="parameters">The sender's parameters, unscaled.</param>
    /// <param name="iteration">The sender's update that gave them.</param>
    public GossipMessage(ReadOnlySpan<float> parameters, long iteration)
    {
        Parameters = parameters;
        Iteration = iteration;
    }

    /// <summary>The sender's parameters, unscaled: weights are the receiver's. Valid until the next message is taken from that peer.</summary>
    public ReadOnlySpan<float> Parameters { get; }

    /// <summary>The sender's update that gave them; <see cref="None"/> before the first message.</summary>
    public long Iteration { get; }
}
