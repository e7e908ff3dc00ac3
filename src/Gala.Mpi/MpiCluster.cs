using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Mpi.Gossip;
using Gala.Mpi.Reduction;
using Gala.Mpi.Streams;
using Gala.Mpi.Watch;
using Gala.Numerics;

namespace Gala.Mpi;

/// <summary>The processes that <c>mpirun</c>, <c>srun</c> or Kubernetes' MPI operator started, joined by the MPI library that is installed.</summary>
/// <remarks>MPI starts and ends once in the life of a process, so there is one of these in it.</remarks>
public sealed class MpiCluster : ICluster
{
    private readonly ProcessWatch _watch;

    private MpiCluster(MpiLibrary library)
    {
        (Library, Thread) = (library, new MpiThread(library));
        Thread.Call(() => (Process, Processes) = (library.Rank(), library.Size()));
        _watch = new ProcessWatch(Thread, library, Process, Processes);
    }

    /// <inheritdoc />
    public int Process { get; private set; }

    /// <inheritdoc />
    public int Processes { get; private set; }

    /// <inheritdoc />
    public TimeSpan TimeOut
    {
        get => _watch.TimeOut;
        set => _watch.TimeOut = value;
    }

    /// <inheritdoc />
    public IReadOnlyList<int> Silent => _watch.Silent;

    internal MpiLibrary Library { get; }

    internal MpiThread Thread { get; }

    /// <summary>What the MPI library says of itself, on one line.</summary>
    public string Version => Library.Version;

    /// <summary>Joins the other processes; returns when all have.</summary>
    /// <exception cref="MpiException">There is no MPI library, it failed, or it belongs to another launcher than this process.</exception>
    public static MpiCluster Join()
    {
        MpiCluster cluster = new(MpiLibrary.Load());
        if (LibraryNames.Launched(Environment.GetEnvironmentVariable) is { } launched && launched != cluster.Processes)
        {
            throw new MpiException($"{launched} processes were launched, but {cluster.Version} sees {cluster.Processes}: it is not the launcher's own library; "
                + $"name that one in {MpiLibrary.Variable}");
        }

        return cluster;
    }

    /// <inheritdoc />
    public IGossipTransport OpenGossip(Topology topology, int parameterCount, bool keepsEveryWeight, MessageFormat format = MessageFormat.Exact)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        return topology.Agents % Processes == 0
            ? new MpiTransport(Thread, Library, _watch, Process, topology.Agents / Processes, topology, parameterCount, keepsEveryWeight, format)
            : throw new ArgumentException($"{topology.Agents} agents cannot be shared out evenly to {Processes} processes.", nameof(topology));
    }

    /// <inheritdoc />
    public IReduction OpenReduction(int agents, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(agents);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new MpiReduction(Thread, Library, _watch, Process, Processes, agents, length);
    }

    /// <inheritdoc />
    public IDisposable? OpenStream(IFrameCycle frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return Processes == 1 ? null : new MpiFrames(Thread, Library, _watch, Process, Processes, frames);
    }

    /// <inheritdoc />
    public byte[] Broadcast(ReadOnlySpan<byte> content)
    {
        if (Process != 0)
        {
            return ReceiveSized(process: 0) ?? throw new MpiException("process 0 is silent");
        }

        for (int process = 1; process < Processes; process++)
        {
            SendSized(process, content);
        }

        return content.ToArray();
    }

    /// <inheritdoc />
    public void Gather(ReadOnlySpan<byte> content, Action<int, ReadOnlyMemory<byte>> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        if (Process != 0)
        {
            SendSized(process: 0, content);
            return;
        }

        take(0, content.ToArray());
        for (int process = 1; process < Processes; process++)
        {
            if (ReceiveSized(process) is { } received)
            {
                take(process, received);
            }
        }
    }

    /// <inheritdoc />
    public void Abort(int exitCode) => Thread.Call(() => Library.Abort(exitCode));

    /// <summary>Leaves the cluster; returns when all processes do that are not silent.</summary>
    public void Dispose()
    {
        if (_watch.Leave())
        {
            _watch.Dispose();
        }
        else
        {
            Library.CannotEnd = true;
        }

        Thread.Dispose();
    }

    private void SendSized(int process, ReadOnlySpan<byte> content)
    {
        _ = Send(process, BitConverter.GetBytes(content.Length)) && Send(process, content);
    }

    private byte[]? ReceiveSized(int process) =>
        Receive(process, sizeof(int)) is { } length ? Receive(process, BitConverter.ToInt32(length)) : null;

    private bool Send(int process, ReadOnlySpan<byte> content)
    {
        AlignedBuffer<byte> buffer = new(content.Length);
        content.CopyTo(buffer.Span);
        return Complete(process, buffer, request => request.Send(buffer.Span));
    }

    private byte[]? Receive(int process, int length)
    {
        AlignedBuffer<byte> buffer = new(length);
        byte[] received = new byte[length];
        return Complete(process, buffer, request => request.Receive(buffer.Span), () => buffer.Span.CopyTo(received)) ? received : null;
    }

    /// <summary>Returns whether the message has come through; not if the process is gone.</summary>
    private bool Complete(int process, AlignedBuffer<byte> buffer, Action<MpiRequest> begin, Action? atEnd = null)
    {
        MpiRequest request = new(Library, Library.World, process, tag: 0);
        bool isDone = false;
        try
        {
            Thread.Call(() => begin(request));
            Thread.WaitUntil(() => (isDone = request.IsDone()) || _watch.Of(process).IsGone);
        }
        catch (MpiException)
        {
            Thread.ThrowIfFailed();
            Thread.Call(_watch.Of(process).Fail);
        }

        if (!isDone)
        {
            return false; // what MPI may still read or write stays as long as this process
        }

        atEnd?.Invoke();
        request.Dispose();
        buffer.Dispose();
        return true;
    }
}
