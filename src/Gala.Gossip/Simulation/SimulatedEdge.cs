namespace Gala.Gossip;

/// <summary>One directed edge of a <see cref="SimulatedNetwork"/>, at its receiving end. Touched under the network's gate.</summary>
internal sealed class SimulatedEdge(int sender, int receiver)
{
    public int Sender { get; } = sender;

    public int Receiver { get; } = receiver;

    /// <summary>Arrived and not taken, in order of arrival; one at most where only the latest counts.</summary>
    public Queue<Payload> Arrived { get; } = new(1);

    /// <summary>Taken last; the receiver alone reads and replaces it.</summary>
    public Payload? Taken { get; set; }

    /// <summary>The highest iteration that has arrived.</summary>
    public long Newest { get; set; } = GossipMessage.None;

    /// <summary>When the last of what was sent arrives, for the sender's leave to come after it.</summary>
    public TimeSpan LastArrival { get; set; }

    public bool HasLeft { get; set; }
}
