namespace Gala.Gossip;

/// <summary>One agent of a <see cref="Simulation"/>: its gossip, and where it is in its work.</summary>
internal sealed class SimulatedAgent(int rank, AsynchronousGossip gossip, float[] parameters)
{
    public int Rank { get; } = rank;

    public AsynchronousGossip Gossip { get; } = gossip;

    public float[] Parameters { get; } = parameters;

    /// <summary>The update that it is at, from 1.</summary>
    public long Update { get; set; } = 1;

    /// <summary>When it began to wait for its in-peers; null while it computes.</summary>
    public TimeSpan? WaitsSince { get; set; }

    /// <summary>When it had made all its updates.</summary>
    public TimeSpan? Finished { get; set; }
}
