using System.Runtime.InteropServices;
using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Mpi.Watch;

namespace Gala.Mpi.Gossip;

/// <summary>An edge that comes into this process: receives straight into the slot that its mailbox's writer owns, always ready for the next message.</summary>
/// <remarks>A message whose length or kind cannot be is handed on with a header that the agent refuses, so that it is counted like others. One that is longer
/// than there is room for is an error of MPI.</remarks>
/// <param name="inbox">Where the agent takes messages from.</param>
/// <param name="request">Receives.</param>
/// <param name="keepsEveryMessage">Whether a message waits until the one before was taken; the sender's newer ones then wait for it in turn.</param>
/// <param name="sender">The process that it comes from. While that is gone the agent is told that it has left.</param>
internal sealed class IncomingEdge(Mailbox inbox, MpiRequest request, bool keepsEveryMessage, Pulse sender) : IMpiActivity, IDisposable
{
    private bool _holds; // a whole message, in the writer's slot
    private bool _isGone; // the sender, as far as the agent was told
    private bool _failed;

    /// <summary>Whether nothing comes any more. For who moves it on.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether nobody need wait for what comes: it is over, or its sender is gone. For who moves it on.</summary>
    public bool IsIdle => IsOver || sender.IsGone;

    /// <summary>Whether what comes is dropped, since nobody reads it any more. For who moves it on.</summary>
    public bool IsDeaf { get; set; }

    private ref MessageHeader Header => ref MemoryMarshal.AsRef<MessageHeader>(inbox.WriterFrame);

    private bool HoldsFarewell => Header.IsFarewell == 1 && request.Received == MessageHeader.Length;

    private bool HoldsMessage => Header.IsFarewell == 0 && request.Received == inbox.WriterFrame.Length;

    public bool Advance()
    {
        try
        {
            return !IsOver && !_failed && (NoteAbsence() | MoveOn());
        }
        catch (MpiException)
        {
            sender.Fail(); // the edges with that process alone are lost
            inbox.Close();
            return _failed = true;
        }
    }

    public void Break() => inbox.Close();

    public void Dispose() => request.Dispose();

    private bool NoteAbsence()
    {
        if (_isGone == sender.IsGone)
        {
            return false;
        }

        _isGone = !_isGone;
        if (_isGone)
        {
            inbox.Close();
        }
        else
        {
            inbox.Reopen();
        }

        return true;
    }

    private bool MoveOn()
    {
        if (request.IsActive && !request.IsDone())
        {
            return false;
        }

        if (_holds && HoldsFarewell)
        {
            inbox.Close();
            IsOver = true;
            return true;
        }

        if (_holds && !IsDeaf)
        {
            if (keepsEveryMessage && inbox.IsFresh)
            {
                return false;
            }

            if (!HoldsMessage)
            {
                Header = new MessageHeader { Iteration = GossipMessage.None };
            }

            inbox.PublishFrame();
        }

        request.Receive(inbox.WriterFrame);
        _holds = true; // once the request is done
        return true;
    }
}
