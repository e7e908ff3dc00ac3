namespace Gala.Gossip;

/// <summary>A process that trains a run alone: everything stays in its memory.</summary>
public sealed class SingleProcess : ICluster
{
    /// <inheritdoc />
    public int Process => 0;

    /// <inheritdoc />
    public int Processes => 1;

    /// <inheritdoc />
    public TimeSpan TimeOut { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public IReadOnlyList<int> Silent => [];

    /// <inheritdoc />
    public IGossipTransport OpenGossip(Topology topology, int parameterCount, bool keepsEveryWeight, MessageFormat format = MessageFormat.Exact) =>
        new MailboxTransport(topology, parameterCount, format);

    /// <inheritdoc />
    public IReduction OpenReduction(int agents, int length) => new TreeReduction(agents, length);

    /// <inheritdoc />
    public IDisposable? OpenStream(IFrameCycle frames) => null;

    /// <inheritdoc />
    public byte[] Broadcast(ReadOnlySpan<byte> content) => content.ToArray();

    /// <inheritdoc />
    public void Gather(ReadOnlySpan<byte> content, Action<int, ReadOnlyMemory<byte>> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        take(0, content.ToArray());
    }

    /// <inheritdoc />
    public void Abort(int exitCode) => Environment.Exit(exitCode);

    /// <inheritdoc />
    public void Dispose()
    {
        // nobody to leave
    }
}
