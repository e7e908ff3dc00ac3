using System.Text;

namespace Gala.Mpi.Binding;

/// <summary>The few functions of MPI that are used, as C# sees them: the one layer that knows native code.</summary>
/// <remarks>One thread at a time calls it, so that it needs no locks of its own (<c>MPI_THREAD_SERIALIZED</c>): any thread, or where
/// <see cref="AllowsAnyThread"/> is false the one that called <see cref="Initialize"/>, which also begins and ends MPI.</remarks>
internal sealed unsafe class MpiLibrary
{
    /// <summary>Environment variable that names the library's file, where it is not found or the wrong one is.</summary>
    public const string Variable = "GALA_MPI_LIBRARY";

    private const int Funneled = 1;
    private const int Serialized = 2;
    private const int StatusLength = 16; // of 8 bytes; more than any library's MPI_Status
    private const int LongestText = 8_192;

    private readonly SharedObject _library;
    private readonly MpiHandles _handles;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> _isend;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> _issend;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> _irecv;
    private readonly delegate* unmanaged<nint*, int*, void*, int> _test;

    private readonly delegate* unmanaged<void*, nint, int*, int> _count;

    private MpiLibrary(SharedObject library)
    {
        (_library, _handles) = (library, MpiHandles.Of(library));
        _isend = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)library.Address("MPI_Isend");
        _issend = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)library.Address("MPI_Issend");
        _irecv = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)library.Address("MPI_Irecv");
        _test = (delegate* unmanaged<nint*, int*, void*, int>)library.Address("MPI_Test");
        _count = (delegate* unmanaged<void*, nint, int*, int>)library.Address("MPI_Get_count");
    }

    /// <summary>All processes.</summary>
    public nint World => _handles.World;

    /// <summary>Whether threads may take turns; known after <see cref="Initialize"/>.</summary>
    public bool AllowsAnyThread { get; private set; }

    /// <summary>What the library says of itself, on one line.</summary>
    public string Version
    {
        get
        {
            byte* text = stackalloc byte[LongestText];
            int length;
            var version = (delegate* unmanaged<byte*, int*, int>)_library.Address("MPI_Get_library_version");
            _ = version(text, &length);
            string line = Encoding.UTF8.GetString(text, Math.Clamp(length, 0, LongestText)).Split('\n', ',')[0];
            return string.Join(' ', line.Split((char[])[' ', '\t', '\0', ':'], StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <summary>Loads the library that fits the launcher.</summary>
    /// <exception cref="MpiException">There is none.</exception>
    public static MpiLibrary Load()
    {
        IReadOnlyList<string> names = LibraryNames.InOrder(Environment.GetEnvironmentVariable);
        foreach (string name in names)
        {
            if (SharedObject.TryLoad(name) is { } library)
            {
                return new MpiLibrary(library);
            }
        }

        throw new MpiException($"no MPI library was found (looked for {string.Join(", ", names)}): install Open MPI or MPICH, or name the file in {Variable}");
    }

    /// <summary>Starts MPI, on the thread that ends it.</summary>
    /// <exception cref="MpiException">The library does not allow calls beside other threads, or failed.</exception>
    public void Initialize()
    {
        var initialize = (delegate* unmanaged<int*, byte***, int, int*, int>)_library.Address("MPI_Init_thread");
        int provided;
        Check(initialize(null, null, Serialized, &provided), "MPI_Init_thread");
        if (provided < Funneled)
        {
            throw new MpiException($"{Version} was built without threads (MPI_THREAD_FUNNELED): install one that was built with them");
        }

        AllowsAnyThread = provided >= Serialized;
        var handle = (delegate* unmanaged<nint, nint, int>)_library.Address("MPI_Comm_set_errhandler");
        Check(handle(_handles.World, _handles.ErrorsReturn), "MPI_Comm_set_errhandler");
    }

    /// <summary>Whether a process is gone for which <see cref="Terminate"/> would wait for ever, so that it does nothing.</summary>
    public bool CannotEnd { get; set; }

    /// <summary>Ends MPI, when all processes do.</summary>
    /// <remarks>With a barrier before: at the end a process moves no messages on, and UCX over TCP would wait for ever for the last ones of another.</remarks>
    public void Terminate()
    {
        if (!CannotEnd)
        {
            Check(((delegate* unmanaged<nint, int>)_library.Address("MPI_Barrier"))(World), "MPI_Barrier");
            Check(((delegate* unmanaged<int>)_library.Address("MPI_Finalize"))(), "MPI_Finalize");
        }
    }

    /// <summary>Ends all processes.</summary>
    public void Abort(int exitCode) => _ = ((delegate* unmanaged<nint, int, int>)_library.Address("MPI_Abort"))(_handles.World, exitCode);

    /// <summary>Number of the calling process.</summary>
    public int Rank() => Query("MPI_Comm_rank");

    /// <summary>Number of processes.</summary>
    public int Size() => Query("MPI_Comm_size");

    /// <summary>A name space of messages of its own. All processes call it together.</summary>
    public nint Duplicate(nint communicator)
    {
        nint duplicate = 0; // MPICH writes the lower half
        var function = (delegate* unmanaged<nint, nint*, int>)_library.Address("MPI_Comm_dup");
        Check(function(communicator, &duplicate), "MPI_Comm_dup");
        return duplicate;
    }

    /// <summary>Gives up what <see cref="Duplicate"/> made; no message may be under way in it.</summary>
    public void Free(nint communicator)
    {
        var function = (delegate* unmanaged<nint*, int>)_library.Address("MPI_Comm_free");
        Check(function(&communicator), "MPI_Comm_free");
    }

    /// <summary>Begins to send; the bytes must stay as they are until <see cref="Test"/> says that it is done.</summary>
    public void Send(void* data, int length, int process, int tag, nint communicator, nint* request) =>
        Check(_isend(data, length, _handles.Byte, process, tag, communicator, request), "MPI_Isend");

    /// <summary>The same, but not done before the receiver has begun to receive, however short the message is.</summary>
    public void SendSynchronously(void* data, int length, int process, int tag, nint communicator, nint* request) =>
        Check(_issend(data, length, _handles.Byte, process, tag, communicator, request), "MPI_Issend");

    /// <summary>Begins to receive at most that many bytes; they are MPI's until <see cref="Test"/> says that it is done.</summary>
    public void Receive(void* data, int length, int process, int tag, nint communicator, nint* request) =>
        Check(_irecv(data, length, _handles.Byte, process, tag, communicator, request), "MPI_Irecv");

    /// <summary>Whether a request is done, which frees it. Moves all requests on.</summary>
    /// <param name="request">Null once it is done.</param>
    /// <param name="received">Where to write how many bytes came, if it received and is done; null of one that sends.</param>
    public bool Test(nint* request, int* received)
    {
        int done = 0;
        long* status = stackalloc long[StatusLength];
        Check(_test(request, &done, status), "MPI_Test");
        if (done != 0 && received is not null)
        {
            Check(_count(status, _handles.Byte, received), "MPI_Get_count");
        }

        return done != 0;
    }

    private int Query(string name)
    {
        int value;
        Check(((delegate* unmanaged<nint, int*, int>)_library.Address(name))(_handles.World, &value), name);
        return value;
    }

    private void Check(int code, string function)
    {
        if (code != 0)
        {
            throw new MpiException($"{function} failed: {Reason(code)} ({_library.Name})");
        }
    }

    private string Reason(int code)
    {
        byte* text = stackalloc byte[LongestText];
        int length;
        var describe = (delegate* unmanaged<int, byte*, int*, int>)_library.Address("MPI_Error_string");
        return describe(code, text, &length) == 0
            ? string.Join(' ', Encoding.UTF8.GetString(text, Math.Clamp(length, 0, LongestText)).Split('\n', StringSplitOptions.TrimEntries))
            : $"error {code}";
    }
}
