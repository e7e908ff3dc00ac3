using System.Runtime.InteropServices;

namespace Gala.Mpi.Binding;

/// <summary>One message on its way, over and over again. One thread at a time.</summary>
internal sealed unsafe class MpiRequest(MpiLibrary library, nint communicator, int process, int tag) : IDisposable
{
    private nint* _request = (nint*)NativeMemory.AllocZeroed((nuint)sizeof(nint)); // MPI keeps its address; freed by Dispose

    /// <summary>Whether a message is on its way.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Begins to send memory that neither moves nor changes until <see cref="IsDone"/>.</summary>
    public void Send(ReadOnlySpan<byte> native)
    {
        fixed (byte* data = native)
        {
            library.Send(data, native.Length, process, tag, communicator, _request);
        }

        IsActive = true;
    }

    /// <summary>Begins to receive into memory that neither moves nor is touched until <see cref="IsDone"/>.</summary>
    public void Receive(Span<byte> native)
    {
        fixed (byte* data = native)
        {
            library.Receive(data, native.Length, process, tag, communicator, _request);
        }

        IsActive = true;
    }

    /// <summary>Whether nothing is on its way, or no longer.</summary>
    public bool IsDone()
    {
        IsActive = IsActive && !library.Test(_request);
        return !IsActive;
    }

    /// <summary>Frees the memory; nothing may be on its way.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_request);
        _request = null;
    }
}
