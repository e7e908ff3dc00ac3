using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Takes down what is decided for one agent, until it is written.</summary>
internal sealed class AgentRecorder : IGossipRecorder, IShares
{
    private readonly Lock _gate = new(); // the agent's thread adds, that of the run takes away
    private byte[] _bytes = new byte[1 << 14]; // of many updates: it is emptied again and again
    private int _length;
    private long _exchange = 1; // under way
    private long _expected; // that was taken down last

    /// <summary>Bytes that wait to be written.</summary>
    public int Length => Volatile.Read(ref _length);

    /// <inheritdoc />
    public void Note(in GossipEvent decided)
    {
        lock (_gate)
        {
            Span<byte> room = Room();
            int length = Decision.Write(room, (int)decided.Kind, decided.Peer);
            if (decided.Kind == GossipEventKind.Took)
            {
                length += Decision.WriteSigned(room[length..], _exchange - decided.Iteration);
            }

            _exchange += decided.Kind == GossipEventKind.Over ? 1 : 0;
            Volatile.Write(ref _length, _length + length);
        }
    }

    /// <inheritdoc />
    public long At(long updates, long expected)
    {
        if (expected > _expected)
        {
            _expected = expected;
            lock (_gate)
            {
                Span<byte> room = Room();
                int length = Decision.Write(room, Decision.Share, peer: 0);
                length += Decision.WriteNumber(room[length..], (ulong)updates);
                length += Decision.WriteNumber(room[length..], (ulong)expected);
                Volatile.Write(ref _length, _length + length);
            }
        }

        return expected;
    }

    /// <summary>Moves what waits to be written to a buffer, after an offset; returns where it ends.</summary>
    public int MoveTo(ref byte[] target, int offset)
    {
        lock (_gate)
        {
            int end = offset + _length;
            if (target.Length < end)
            {
                Array.Resize(ref target, 2 * end);
            }

            _bytes.AsSpan(0, _length).CopyTo(target.AsSpan(offset));
            Volatile.Write(ref _length, 0);
            return end;
        }
    }

    private Span<byte> Room()
    {
        if (_bytes.Length - _length < Decision.MostBytes)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length); // nobody has taken it for long, as when the disk hangs
        }

        return _bytes.AsSpan(_length);
    }
}
