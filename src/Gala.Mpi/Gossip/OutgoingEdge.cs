using System.Runtime.InteropServices;
using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Numerics;

namespace Gala.Mpi.Gossip;

/// <summary>An edge that leaves this process: sends the latest message of its mailbox as soon as the one before has gone.</summary>
/// <remarks>The message is sent from the slot that the mailbox's reader owns. At the end comes a farewell, a header alone.</remarks>
internal sealed class OutgoingEdge : IMpiActivity, IDisposable
{
    private readonly Mailbox _outbox;
    private readonly MpiRequest _request;
    private readonly AlignedBuffer<MessageHeader> _farewell = new(1);
    private bool _saidFarewell;

    public OutgoingEdge(Mailbox outbox, MpiRequest request)
    {
        (_outbox, _request) = (outbox, request);
        _farewell.Span[0].IsFarewell = 1;
    }

    /// <summary>Whether nothing comes from here any more. For who moves it on.</summary>
    public bool IsOver => _saidFarewell && !_request.IsActive;

    public bool Advance()
    {
        if (IsOver || !_request.IsDone())
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

    public void Break()
    {
    }

    public void Dispose()
    {
        _request.Dispose();
        _farewell.Dispose();
    }
}
