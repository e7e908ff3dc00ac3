using System.Runtime.InteropServices;
using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Mpi.Watch;
using Gala.Numerics;

namespace Gala.Mpi.Streams;

/// <summary>The end of a stream where frames of one process arrive: keeps one frame to receive into, and trades it for an empty one when it is full.</summary>
/// <remarks>While there is no empty one it keeps the full one and receives nothing, so that the sender waits in its turn. What a process that is gone
/// had under way is lost; frames of the others go on.</remarks>
internal sealed class IncomingFrames : IMpiActivity, IDisposable
{
    private readonly IFrameCycle _frames;
    private readonly MpiRequest _receive;
    private readonly MpiRequest _end;
    private readonly Pulse _sender;
    private readonly AlignedBuffer<MessageHeader> _farewell = new(1);
    private Frame _own;
    private bool _holds; // a whole message, once the request is done
    private bool _heardFarewell;
    private bool _saidEnd;
    private bool _failed;

    /// <param name="frames">Where they go; one is taken from it at once.</param>
    /// <param name="receive">Receives them.</param>
    /// <param name="end">Tells the other end that this one was closed.</param>
    /// <param name="sender">The process at the other end.</param>
    /// <exception cref="ArgumentException">There is no empty frame.</exception>
    public IncomingFrames(IFrameCycle frames, MpiRequest receive, MpiRequest end, Pulse sender)
    {
        (_frames, _receive, _end, _sender) = (frames, receive, end, sender);
        _own = frames.TryTakeEmpty() ?? throw new ArgumentException("There is no empty frame for each of the other processes.", nameof(frames));
        _farewell.Span[0].IsFarewell = 1;
    }

    /// <summary>Whether nothing goes or comes any more. For who moves it on.</summary>
    public bool IsOver => _heardFarewell && _saidEnd && !_end.IsActive;

    /// <summary>Whether nobody need wait for the other end: all is over, or its process is gone. For who moves it on.</summary>
    public bool IsIdle => IsOver || _sender.IsGone;

    public bool Advance()
    {
        try
        {
            return !_failed && (SayEnd() | Receive());
        }
        catch (MpiException)
        {
            _sender.Fail();
            _failed = true;
            return true;
        }
    }

    public void Break() => _frames.Close();

    /// <summary>Leaves to MPI what it may still write to and read.</summary>
    public void Abandon() => _own.Abandon();

    public void Dispose()
    {
        _receive.Dispose();
        _end.Dispose();
        _farewell.Dispose();
    }

    private bool Receive()
    {
        if (_heardFarewell || !_receive.IsDone())
        {
            return false;
        }

        if (_holds && _own.IsFarewell)
        {
            _heardFarewell = true;
            _frames.Close();
            return true;
        }

        if (_holds && !_frames.IsClosed) // what comes later is dropped
        {
            if (_frames.TryTakeEmpty() is not { } empty)
            {
                return false;
            }

            _frames.Add(_own);
            _own = empty;
        }

        _receive.Receive(_own.Message);
        _holds = true;
        return true;
    }

    private bool SayEnd()
    {
        if (!_end.IsDone() || _saidEnd || !_frames.IsClosed)
        {
            return false;
        }

        _end.Send(MemoryMarshal.AsBytes(_farewell.Span));
        _saidEnd = true;
        return true;
    }
}
