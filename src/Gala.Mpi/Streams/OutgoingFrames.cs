using System.Runtime.InteropServices;
using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Mpi.Watch;
using Gala.Numerics;

namespace Gala.Mpi.Streams;

/// <summary>The end of a stream where frames are filled: sends them oldest first, one at a time, and gives each back when it is received.</summary>
/// <remarks>It sends synchronously: otherwise libraries take short messages in without end, however far behind the receiver is. At the end comes a
/// farewell, a header alone. Once the receiver is gone nothing can be filled any more.</remarks>
internal sealed class OutgoingFrames : IMpiActivity, IDisposable
{
    private readonly IFrameCycle _frames;
    private readonly MpiRequest _frame;
    private readonly MpiRequest _end;
    private readonly Pulse _receiver;
    private readonly AlignedBuffer<MessageHeader> _farewell = new(1);
    private readonly AlignedBuffer<MessageHeader> _heard = new(1);
    private Frame? _underWay;
    private bool _listens;
    private bool _hasHeard;
    private bool _saidFarewell;
    private bool _failed;

    /// <param name="frames">Where they come from.</param>
    /// <param name="frame">Sends them.</param>
    /// <param name="end">Receives that the other end was closed.</param>
    /// <param name="receiver">The process at the other end.</param>
    public OutgoingFrames(IFrameCycle frames, MpiRequest frame, MpiRequest end, Pulse receiver)
    {
        (_frames, _frame, _end, _receiver) = (frames, frame, end, receiver);
        _farewell.Span[0].IsFarewell = 1;
    }

    /// <summary>Whether nothing goes or comes any more. For who moves it on.</summary>
    public bool IsOver => _hasHeard && _saidFarewell && !_frame.IsActive;

    /// <summary>Whether nobody need wait for the other end: all is over, or its process is gone. For who moves it on.</summary>
    public bool IsIdle => IsOver || _receiver.IsGone;

    public bool Advance()
    {
        if (_receiver.IsGone)
        {
            _frames.Close();
        }

        try
        {
            return !_failed && MoveOn();
        }
        catch (MpiException)
        {
            _receiver.Fail();
            _failed = true;
            return true;
        }
    }

    public void Break() => _frames.Close();

    /// <summary>Leaves to MPI what it may still read and write to.</summary>
    public void Abandon() => _underWay?.Abandon();

    public void Dispose()
    {
        _frame.Dispose();
        _end.Dispose();
        _farewell.Dispose();
        _heard.Dispose();
    }

    private bool MoveOn()
    {
        bool moved = Listen();
        if (!_frame.IsDone())
        {
            return moved;
        }

        if (_underWay is { } received)
        {
            _underWay = null;
            _frames.GiveBack(received);
            moved = true;
        }

        return Send() || moved;
    }

    private bool Send()
    {
        if (_frames.TryTakeFull() is { } full)
        {
            _frame.SendSynchronously(full.Message);
            _underWay = full;
            return true;
        }

        if (_saidFarewell || !_frames.IsClosed)
        {
            return false;
        }

        _frame.Send(MemoryMarshal.AsBytes(_farewell.Span));
        _saidFarewell = true;
        return true;
    }

    private bool Listen()
    {
        if (_hasHeard || !_end.IsDone())
        {
            return false;
        }

        if (_listens)
        {
            _hasHeard = true;
            _frames.Close();
        }
        else
        {
            _end.Receive(MemoryMarshal.AsBytes(_heard.Span));
            _listens = true;
        }

        return true;
    }
}
