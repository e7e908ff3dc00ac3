using System.Runtime.InteropServices;
using Gala.Mpi.Binding;
using Gala.Numerics;

namespace Gala.Mpi.Reduction;

/// <summary>A stretch of memory that is sent, or received, whenever its owner says so.</summary>
/// <param name="request">To or from whom.</param>
/// <param name="sends">Whether it sends; else it receives.</param>
/// <param name="buffer">Whose memory.</param>
/// <param name="stretch">Which part of it.</param>
internal sealed class MpiTransfer(MpiRequest request, bool sends, AlignedBuffer<float> buffer, Range stretch) : IMpiActivity, IDisposable
{
    private bool _underWay; // owner: true, and then hands off the memory; who moves it on: false, and publishes it

    /// <summary>Whether the memory is the owner's.</summary>
    public bool IsDone => !Volatile.Read(ref _underWay);

    /// <summary>Begins; to be called by the owner while done.</summary>
    public void Begin() => Volatile.Write(ref _underWay, true);

    public bool Advance()
    {
        if (IsDone)
        {
            return false;
        }

        if (!request.IsActive)
        {
            Post();
            return true;
        }

        if (!request.IsDone())
        {
            return false;
        }

        Volatile.Write(ref _underWay, false);
        return true;
    }

    public void Break()
    {
    }

    public void Dispose() => request.Dispose();

    private void Post()
    {
        if (sends)
        {
            request.Send(MemoryMarshal.AsBytes(buffer.Span[stretch]));
        }
        else
        {
            request.Receive(MemoryMarshal.AsBytes(buffer.Span[stretch]));
        }
    }
}
