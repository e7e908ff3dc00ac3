using Gala.Gossip;

namespace Gala.Mpi.Programs;

/// <summary>The plainest frames that go around.</summary>
internal sealed class NumberedFrames : IFrameCycle, IDisposable
{
    private readonly NumberedFrame[] _all;
    private readonly Queue<Frame> _empty;
    private readonly Queue<Frame> _full;
    private Action? _carryOn;
    private int _givenBack;
    private bool _closed;

    public NumberedFrames(int count, int length)
    {
        _all = [.. Enumerable.Range(0, count).Select(_ => new NumberedFrame(length))];
        _empty = new Queue<Frame>(_all);
        _full = new Queue<Frame>(count);
    }

    public bool IsClosed => Volatile.Read(ref _closed);

    Action? IFrameCycle.CarryOn
    {
        set => _carryOn = value;
    }

    /// <summary>Frames that the stream has given back so far.</summary>
    public int GivenBack => Volatile.Read(ref _givenBack);

    /// <summary>Frames that are full and were not taken.</summary>
    public int Full
    {
        get
        {
            lock (_all)
            {
                return _full.Count;
            }
        }
    }

    public Frame? TryTakeEmpty() => TryTake(_empty);

    public Frame? TryTakeFull() => TryTake(_full);

    public void Add(NumberedFrame full)
    {
        Put(_full, full);
        _carryOn?.Invoke();
    }

    public void GiveBack(NumberedFrame empty)
    {
        Put(_empty, empty);
        _carryOn?.Invoke();
    }

    void IFrameCycle.Add(Frame full) => Put(_full, full);

    void IFrameCycle.GiveBack(Frame empty)
    {
        _ = Interlocked.Increment(ref _givenBack);
        Put(_empty, empty);
    }

    public void Close() => Volatile.Write(ref _closed, true);

    public void Dispose() => Array.ForEach(_all, frame => frame.Dispose());

    private Frame? TryTake(Queue<Frame> frames)
    {
        lock (_all)
        {
            return !_closed && frames.TryDequeue(out Frame? frame) ? frame : null;
        }
    }

    private void Put(Queue<Frame> frames, Frame frame)
    {
        lock (_all)
        {
            frames.Enqueue(frame);
        }
    }
}
