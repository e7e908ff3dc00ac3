using System.Diagnostics;
using System.Runtime.InteropServices;
using Gala.Mpi.Binding;
using Gala.Numerics;

namespace Gala.Mpi.Benchmarks;

/// <summary>The loop of the OSU benchmarks for both directions: post a receive, post a send, wait for both, on one thread.</summary>
/// <remarks>As OSU has it, the same bytes go back and forth and stay in the caches. What a learner sends it has just written, and goes on changing,
/// so it needs a copy: with <c>fresh</c> the loop makes one first, and takes turns with as many buffers as a mailbox has.</remarks>
internal sealed class BareExchange : IDisposable
{
    private const int Rounds = 20;
    private const int Slots = 3;
    private readonly MpiCluster _cluster;
    private readonly float[]? _parameters;
    private readonly AlignedBuffer<float>[] _sent;
    private readonly AlignedBuffer<float>[] _received;
    private readonly MpiRequest _send;
    private readonly MpiRequest _receive;
    private int _slot;

    public BareExchange(MpiCluster cluster, float[] parameters, bool fresh)
    {
        (_cluster, _parameters) = (cluster, fresh ? parameters : null);
        AlignedBuffer<float>[] Buffers() => [.. Enumerable.Range(0, fresh ? Slots : 1).Select(_ => new AlignedBuffer<float>(parameters.Length))];
        (_sent, _received) = (Buffers(), Buffers());
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
        Array.ForEach(_sent, buffer => buffer.Dispose());
        Array.ForEach(_received, buffer => buffer.Dispose());
    }

    private void Exchange()
    {
        _slot = (_slot + 1) % _sent.Length;
        _receive.Receive(MemoryMarshal.AsBytes(_received[_slot].Span));
        _parameters?.CopyTo(_sent[_slot].Span);
        _send.Send(MemoryMarshal.AsBytes(_sent[_slot].Span));
        while (!_receive.IsDone() | !_send.IsDone())
        {
            _ = System.Threading.Thread.Yield(); // the other process may be on this core
        }
    }
}
