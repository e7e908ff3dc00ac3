using Gala.Gossip;
using Gala.Mpi.Binding;
using Gala.Mpi.Gossip;
using Gala.Mpi.Reduction;
using Gala.Mpi.Streams;
using Gala.Numerics;

namespace Gala.Mpi;

/// <summary>The processes that <c>mpirun</c>, <c>srun</c> or Kubernetes' MPI operator started, joined by the MPI library that is installed.</summary>
/// <remarks>MPI starts and ends once in the life of a process, so there is one of these in it.</remarks>
public sealed class MpiCluster : ICluster
{
    private MpiCluster(MpiLibrary library)
    {
        (Library, Thread) = (library, new MpiThread(library));
        Thread.Call(() => (Process, Processes) = (library.Rank(), library.Size()));
    }

    /// <inheritdoc />
    public int Process { get; private set; }

    /// <inheritdoc />
    public int Processes { get; private set; }

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
            ? new MpiTransport(Thread, Library, Process, topology.Agents / Processes, topology, parameterCount, keepsEveryWeight, format)
            : throw new ArgumentException($"{topology.Agents} agents cannot be shared out evenly to {Processes} processes.", nameof(topology));
    }

    /// <inheritdoc />
    public IReduction OpenReduction(int agents, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(agents);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new MpiReduction(Thread, Library, Process, Processes, agents, length);
    }

    /// <inheritdoc />
    public IDisposable? OpenStream(IFrameCycle frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return Processes == 1 ? null : new MpiFrames(Thread, Library, Process, Processes, frames);
    }

    /// <inheritdoc />
    public byte[] Broadcast(ReadOnlySpan<byte> content)
    {
        if (Process != 0)
        {
            return ReceiveSized(process: 0);
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
            take(process, ReceiveSized(process));
        }
    }

    /// <inheritdoc />
    public void Abort(int exitCode) => Thread.Call(() => Library.Abort(exitCode));

    /// <summary>Leaves the cluster; returns when all processes do.</summary>
    public void Dispose() => Thread.Dispose();

    private void SendSized(int process, ReadOnlySpan<byte> content)
    {
        Send(process, BitConverter.GetBytes(content.Length));
        Send(process, content);
    }

    private byte[] ReceiveSized(int process) => Receive(process, BitConverter.ToInt32(Receive(process, sizeof(int))));

    private void Send(int process, ReadOnlySpan<byte> content)
    {
        using AlignedBuffer<byte> buffer = new(content.Length);
        using MpiRequest request = new(Library, Library.World, process, tag: 0);
        content.CopyTo(buffer.Span);
        Thread.Call(() => request.Send(buffer.Span));
        Thread.WaitUntil(request.IsDone);
    }

    private byte[] Receive(int process, int length)
    {
        using AlignedBuffer<byte> buffer = new(length);
        using MpiRequest request = new(Library, Library.World, process, tag: 0);
        Thread.Call(() => request.Receive(buffer.Span));
        Thread.WaitUntil(request.IsDone);
        return buffer.Span.ToArray();
    }
}
