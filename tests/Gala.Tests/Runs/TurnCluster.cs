using Gala.Gossip;

namespace Gala.Tests.Runs;

/// <summary>A cluster whose processes take turns on the threads of a test, which carries what goes between them.</summary>
internal sealed class TurnCluster : ICluster
{
    private readonly Shared _shared;

    private TurnCluster(Shared shared, int process) => (_shared, Process) = (shared, process);

    public int Process { get; }

    public int Processes => _shared.Frames.Length;

    public TimeSpan TimeOut { get; set; }

    public IReadOnlyList<int> Silent => [];

    public IGossipTransport? Transport => _shared.Transport;

    public static TurnCluster[] Of(int processes)
    {
        Shared shared = new(processes);
        return [.. Enumerable.Range(0, processes).Select(process => new TurnCluster(shared, process))];
    }

    public void Carry() => new FrameCarrier(_shared.Frames).Carry();

    public IGossipTransport OpenGossip(Topology topology, int parameterCount, bool keepsEveryWeight, MessageFormat format = MessageFormat.Exact) =>
        _shared.Transport ??= new MailboxTransport(topology, parameterCount, format);

    public IDisposable? OpenStream(IFrameCycle frames)
    {
        _shared.Frames[Process] = frames;
        return null;
    }

    public IReduction OpenReduction(int agents, int length) => throw new NotSupportedException();

    public byte[] Broadcast(ReadOnlySpan<byte> content) => throw new NotSupportedException();

    public void Gather(ReadOnlySpan<byte> content, Action<int, ReadOnlyMemory<byte>> take) => throw new NotSupportedException();

    public void Abort(int exitCode) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Shared(int processes)
    {
        public IFrameCycle[] Frames { get; } = new IFrameCycle[processes];

        public MailboxTransport? Transport { get; set; }
    }
}
