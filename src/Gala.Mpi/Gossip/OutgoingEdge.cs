using System.Runtime.InteropServices;
using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Mpi.Watch;
using Gala.Numerics;

namespace Gala.Mpi.Gossip;

/// <summary>An edge that leaves this process: sends the latest message of its mailbox as soon as the one before has gone.</summary>
/// <remarks>The message is sent from the slot that the mailbox's reader owns. At the end comes a farewell, a header alone.</remarks>
internal sealed class OutgoingEdge : IMpiActivity, IDisposable
{
    private readonly Mailbox _outbox;
    private readonly MpiRequest _request;
    private readonly Pulse _receiver;
    private readonly AlignedBuffer<MessageHeader> _farewell = new(1);
    private bool _saidFarewell;
    private bool _failed;

    public OutgoingEdge(Mailbox outbox, MpiRequest request, Pulse receiver)
    {
        (_outbox, _request, _receiver) = (outbox, request, receiver);
        _farewell.Span[0].IsFarewell = 1;
    }

    /// <summary>Whether nothing comes from here any more. For who moves it on.</summary>
    public bool IsOver => _saidFarewell && !_request.IsActive;

    /// <summary>Whether nobody need wait for what goes: it is over, or its receiver is gone. For who moves it on.</summary>
    public bool IsIdle => IsOver || _receiver.IsGone;

    public bool Advance()
    {
        try
        {
            return !IsOver && !_failed && MoveOn();
        }
        catch (MpiException)
        {
            _receiver.Fail(); // the edges with that process alone are lost
            return _failed = true;
        }
    }

    public void Break()
    {
    }

    public void Dispose()
    {
        _request.Dispose();
        _farewell.Dispose();
    }

    private bool MoveOn()
    {
        if (!_request.IsDone())
        {
            return false;
        }

        bool isClosed = _outbox.IsClosed; // before the last message is looked for
        if (!_saidFarewell && _outbox.TryTake())
        {
            _request.Send(_outbox.CurrentFrame);
            return true;
        }

        if (!isClosed || _saidFarewell)
        {
            return false;
        }

        _request.Send(MemoryMarshal.AsBytes(_farewell.Span));
        _saidFarewell = true;
        return true;
    }
}
