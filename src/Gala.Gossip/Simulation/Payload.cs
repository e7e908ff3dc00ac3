namespace Gala.Gossip;

/// <summary>One message as it was sent, for all of its receivers at once; whoever lets go of it last gives it back.</summary>
internal sealed class Payload(int length)
{
    public float[] Parameters { get; } = new float[length];

    public long Iteration { get; set; }

    public double Weight { get; set; }

    /// <summary>Edges that still hold it.</summary>
    public int Holders { get; set; }
}
