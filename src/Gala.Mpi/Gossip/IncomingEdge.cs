using System.Runtime.InteropServices;
using Gala.Gossip;
using Gala.Mpi.Binding;

namespace Gala.Mpi.Gossip;

/// <summary>An edge that comes into this process: receives straight into the slot that its mailbox's writer owns, always ready for the next message.</summary>
/// <param name="inbox">Where the agent takes messages from.</param>
/// <param name="request">Receives.</param>
/// <param name="keepsEveryMessage">Whether a message waits until the one before was taken; the sender's newer ones then wait for it in turn.</param>
internal sealed class IncomingEdge(Mailbox inbox, MpiRequest request, bool keepsEveryMessage) : IMpiActivity, IDisposable
{
    private bool _holds; // a whole message, in the writer's slot

    /// <summary>Whether nothing comes any more. For who moves it on.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether what comes is dropped, since nobody reads it any more. For who moves it on.</summary>
    public bool IsDeaf { get; set; }

    private bool HoldsFarewell => MemoryMarshal.AsRef<MessageHeader>(inbox.WriterFrame).IsFarewell != 0;

    public bool Advance()
    {
        if (IsOver || (request.IsActive && !request.IsDone()))
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

            inbox.PublishFrame();
        }

        request.Receive(inbox.WriterFrame);
        _holds = true; // once the request is done
        return true;
    }

    public void Break() => inbox.Close();

    public void Dispose() => request.Dispose();
}
