namespace Gala.Gossip;

/// <summary>Parameters of another agent, in place in the receiver's own memory.</summary>
public readonly ref struct GossipMessage
{
    /// <summary>Iteration of a message that was never sent.</summary>
    public const long None = long.MinValue;

    /// <summary>A message as the sender wrote it.</summary>
    /// <param name="parameters">The sender's parameters, unscaled.</param>
    /// <param name="iteration">The sender's update that gave them.</param>
    /// <param name="weight">The share of the sender's weight that travels with them.</param>
    public GossipMessage(ReadOnlySpan<float> parameters, long iteration, double weight = 1)
    {
        Parameters = parameters;
        Iteration = iteration;
        Weight = weight;
    }

    /// <summary>The sender's parameters, unscaled. Valid until the next message is taken from that peer.</summary>
    public ReadOnlySpan<float> Parameters { get; }

    /// <summary>The sender's update that gave them, which is also the round they belong to; <see cref="None"/> before the first message.</summary>
    public long Iteration { get; }

    /// <summary>Push-sum: how much of the sender's weight it gave away with them. Of no meaning to an average, whose weights are the receiver's.</summary>
    public double Weight { get; }

    /// <summary>Whether there is a message at all.</summary>
    public bool Exists => Iteration != None;
}
