using BenchmarkDotNet.Attributes;
using Gala.Gossip;
using Gala.Runs;

namespace Gala.Benchmarks;

/// <summary>Measures what a record costs an agent in each update: its messages, the end of its exchange, and the look for a new share, with the way to the buffer of a block.</summary>
[MemoryDiagnoser]
public class RecordBenchmarks
{
    private const int UpdatesOfABlock = 600; // which fill one on a ring

    private readonly AgentRecorder _recorder = new();
    private byte[] _block = new byte[1 << 14];
    private long _update;

    [Params(1, 3)]
    public int InPeers { get; set; }

    [Benchmark]
    public void Update()
    {
        _update++;
        _recorder.At(_update, expected: 1);
        for (int peer = 0; peer < InPeers; peer++)
        {
            _recorder.Note(new GossipEvent(GossipEventKind.Took, peer, _update));
        }

        _recorder.Note(new GossipEvent(GossipEventKind.Over));
        if (_update % UpdatesOfABlock == 0)
        {
            _ = _recorder.MoveTo(ref _block, offset: 1);
        }
    }
}
