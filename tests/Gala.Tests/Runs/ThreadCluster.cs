using Gala.Gossip;

namespace Gala.Tests.Runs;

/// <summary>A cluster whose processes are threads of a test: what one opens first, the others share.</summary>
internal sealed class ThreadCluster : ICluster
{
    private readonly Shared _shared;

    private ThreadCluster(Shared shared, int process) => (_shared, Process) = (shared, process);

    public int Process { get; }

    public int Processes => _shared.Contents.Length;

    public TimeSpan TimeOut { get; set; }

    public IReadOnlyList<int> Silent => [];

    /// <summary>Does something on a thread for each process; returns what each threw, null for nothing.</summary>
    public static Exception?[] Run(int processes, Action<ICluster> act)
    {
        Shared shared = new(processes);
        Exception?[] failures = new Exception?[processes];
        Thread[] threads = [.. Enumerable.Range(0, processes).Select(process => new Thread(() =>
            failures[process] = Record.Exception(() => act(new ThreadCluster(shared, process)))))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        shared.Transport?.Dispose();
        shared.Reduction?.Dispose();
        return failures;
    }

    public IGossipTransport OpenGossip(Topology topology, int parameterCount, bool keepsEveryWeight, MessageFormat format = MessageFormat.Exact)
    {
        lock (_shared)
        {
            return new Gate(_shared.Transport ??= new MailboxTransport(topology, parameterCount, format));
        }
    }

    public IReduction OpenReduction(int agents, int length)
    {
        lock (_shared)
        {
            _shared.Reduction ??= new TreeReduction(agents * Processes, length);
        }

        return new Part(_shared.Reduction, Process * agents);
    }

    public IDisposable? OpenStream(IFrameCycle frames)
    {
        _shared.Frames[Process] = frames;
        _shared.Barrier.SignalAndWait();
        FrameCarrier carrier = new(_shared.Frames);
        Thread thread = new(() => SpinWait.SpinUntil(carrier.Carry));
        if (Process == 0)
        {
            thread.Start();
            _shared.Carrier = thread;
        }

        _shared.Barrier.SignalAndWait();
        return new Stream(frames, _shared.Carrier!);
    }

    public byte[] Broadcast(ReadOnlySpan<byte> content)
    {
        Give(content);
        byte[] first = _shared.Contents[0];
        _shared.Barrier.SignalAndWait();
        return first;
    }

    public void Gather(ReadOnlySpan<byte> content, Action<int, ReadOnlyMemory<byte>> take)
    {
        Give(content);
        for (int process = 0; process < Processes && Process == 0; process++)
        {
            take(process, _shared.Contents[process]);
        }

        _shared.Barrier.SignalAndWait();
    }

    public void Abort(int exitCode)
    {
    }

    public void Dispose()
    {
    }

    private void Give(ReadOnlySpan<byte> content)
    {
        _shared.Contents[Process] = content.ToArray();
        _shared.Barrier.SignalAndWait();
    }

    private sealed class Shared(int processes)
    {
        public byte[][] Contents { get; } = new byte[processes][];

        public IFrameCycle[] Frames { get; } = new IFrameCycle[processes];

        public Thread? Carrier { get; set; }

        public Barrier Barrier { get; } = new(processes);

        public MailboxTransport? Transport { get; set; }

        public TreeReduction? Reduction { get; set; }
    }

    private sealed class Stream(IFrameCycle frames, Thread carrier) : IDisposable
    {
        public void Dispose()
        {
            frames.Close();
            carrier.Join();
        }
    }

    /// <summary>A process' way to the transport of all: it is disposed when all processes have ended, since others may still write and read there.</summary>
    private sealed class Gate(IGossipTransport transport) : IGossipTransport
    {
        public Topology Topology => transport.Topology;

        public int ParameterCount => transport.ParameterCount;

        public bool KeepsEveryWeight => transport.KeepsEveryWeight;

        public IGossipEndpoint Endpoint(int rank) => transport.Endpoint(rank);

        public void Dispose()
        {
        }
    }

    private sealed class Part(TreeReduction reduction, int first) : IReduction
    {
        public IGossip Agent(int rank) => reduction.Agent(first + rank);

        public void Dispose()
        {
        }
    }
}
