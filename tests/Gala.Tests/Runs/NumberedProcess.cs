using Gala.Gossip;

namespace Gala.Tests.Runs;

/// <summary>A process alone that numbers its agents as one of several would.</summary>
internal sealed class NumberedProcess(int process) : ICluster
{
    private readonly SingleProcess _alone = new();

    public int Process => process;

    public int Processes => 1;

    public TimeSpan TimeOut { get; set; }

    public IReadOnlyList<int> Silent => [];

    public IGossipTransport OpenGossip(Topology topology, int parameterCount, bool keepsEveryWeight, MessageFormat format = MessageFormat.Exact) =>
        _alone.OpenGossip(topology, parameterCount, keepsEveryWeight, format);

    public IDisposable? OpenStream(IFrameCycle frames) => _alone.OpenStream(frames);

    public IReduction OpenReduction(int agents, int length) => _alone.OpenReduction(agents, length);

    public byte[] Broadcast(ReadOnlySpan<byte> content) => _alone.Broadcast(content);

    public void Gather(ReadOnlySpan<byte> content, Action<int, ReadOnlyMemory<byte>> take) => _alone.Gather(content, take);

    public void Abort(int exitCode) => _alone.Abort(exitCode);

    public void Dispose() => _alone.Dispose();
}
