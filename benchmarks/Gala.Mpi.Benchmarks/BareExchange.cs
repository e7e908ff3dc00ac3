using System.Diagnostics;
using System.Runtime.InteropServices;
using Gala.Mpi.Binding;
using Gala.Numerics;

namespace Gala.Mpi.Benchmarks;

/// <summary>The loop of the OSU benchmarks for both directions: post a receive, post a send, wait for both; on the thread that calls MPI, without a copy.</summary>
internal sealed class BareExchange : IDisposable
{
    private const int Rounds = 20;
    private readonly MpiCluster _cluster;
    private readonly AlignedBuffer<float> _sent;
    private readonly AlignedBuffer<float> _received;
    private readonly MpiRequest _send;
    private readonly MpiRequest _receive;

    public BareExchange(MpiCluster cluster, int parameters)
    {
        _cluster = cluster;
        (_sent, _received) = (new AlignedBuffer<float>(parameters), new AlignedBuffer<float>(parameters));
        int peer = 1 - cluster.Process;
        _send = new MpiRequest(cluster.Library, cluster.Library.World, peer, tag: 7);
        _receive = new MpiRequest(cluster.Library, cluster.Library.World, peer, tag: 7);
    }

    /// <summary>Seconds of one exchange, the mean of many.</summary>
    public double Run()
    {
        double seconds = 0;
        _cluster.Thread.Call(() =>
        {
            Exchange(); // both sides are here
            long start = Stopwatch.GetTimestamp();
            for (int round = 0; round < Rounds; round++)
            {
                Exchange();
            }

            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / Rounds;
        });
        return seconds;
    }

    public void Dispose()
    {
        _send.Dispose();
        _receive.Dispose();
        _sent.Dispose();
        _received.Dispose();
    }

    private void Exchange()
    {
        _receive.Receive(MemoryMarshal.AsBytes(_received.Span));
        _send.Send(MemoryMarshal.AsBytes(_sent.Span));
        while (!_receive.IsDone() | !_send.IsDone())
        {
            _ = System.Threading.Thread.Yield(); // the other process may be on this core
        }
    }
}
