namespace Gala.Gossip.Tests;

/// <summary>A transport that remembers everything sent and received, and finds fault with what is torn, changed, or received twice.</summary>
internal sealed class RecordedTransport(IGossipTransport inner) : IGossipTransport
{
    private readonly RecordedEndpoint[] _endpoints = new RecordedEndpoint[inner.Topology.Agents];

    public Topology Topology => inner.Topology;

    public int ParameterCount => inner.ParameterCount;

    public bool KeepsEveryWeight => inner.KeepsEveryWeight;

    /// <summary>By sender and iteration.</summary>
    public Dictionary<(int Sender, long Iteration), (float[] Parameters, double Weight)> Sent { get; } = [];

    /// <summary>By sender, receiver and iteration.</summary>
    public HashSet<(int Sender, int Receiver, long Iteration)> Received { get; } = [];

    /// <summary>Σ m and Σ m z of all messages sent and not yet received.</summary>
    public (double Weight, double[] Mass) UnderWay { get; set; } = (0, new double[inner.ParameterCount]);

    public RecordedEndpoint Recorded(int rank) => _endpoints[rank] ??= new RecordedEndpoint(this, inner.Endpoint(rank));

    public IGossipEndpoint Endpoint(int rank) => Recorded(rank);

    public void Dispose() => inner.Dispose();

    /// <summary>Adds a message to what is under way, or takes it out.</summary>
    public void Count(double weight, ReadOnlySpan<float> parameters)
    {
        UnderWay = (UnderWay.Weight + weight, UnderWay.Mass);
        for (int i = 0; i < parameters.Length; i++)
        {
            UnderWay.Mass[i] += weight * parameters[i];
        }
    }
}
