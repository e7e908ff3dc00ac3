using System.Diagnostics;
using Gala.Gossip;

namespace Gala.Mpi.Benchmarks;

/// <summary>The same as agents do it: publish, and take what the peer published; each copies its parameters once, into its mailbox.</summary>
internal sealed class PublishedExchange(IGossipTransport transport, int process, float[] parameters)
{
    private const int Rounds = 20;
    private readonly IGossipEndpoint _endpoint = transport.Endpoint(process);
    private long _iteration;

    /// <summary>Seconds of one exchange, the mean of many.</summary>
    public double Run()
    {
        Exchange();
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds; round++)
        {
            Exchange();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / Rounds;
    }

    private void Exchange()
    {
        _endpoint.Publish(parameters, ++_iteration);
        while (_endpoint.Received(1 - process).Iteration < _iteration) // the peer may be one ahead, and its next message taken already
        {
            _ = _endpoint.TryReceive(1 - process) || Thread.Yield();
        }
    }
}
