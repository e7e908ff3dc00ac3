using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Keeps the record of one session of a run. For the session's own thread, unless said otherwise.</summary>
/// <remarks>What is decided for agents waits in memory until <see cref="Drain"/> or a checkpoint, whose agents' pasts are all on the disk before it is.</remarks>
internal sealed class SessionRecorder : IDecisions, IDisposable
{
    private const int WorthABlock = 1 << 11; // bytes that wait, so that a block's own are few beside them
    private const long LongestWait = 1_000; // milliseconds until fewer are written too, which others may have heard of in another process

    private readonly RecordFile _file;
    private readonly AgentRecorder[] _agents;
    private readonly int _first; // rank of the first of them, among those of all processes
    private readonly Action<string> _tell;
    private byte[] _content = new byte[1 << 14];
    private long _drained = Environment.TickCount64; // all, at that time
    private bool _hasFailed;

    /// <summary>Opens a run's record.</summary>
    /// <param name="path">Path of the record.</param>
    /// <param name="process">Number of this process.</param>
    /// <param name="agents">Agents of this process.</param>
    /// <param name="tell">Told once if the record cannot be written any more.</param>
    /// <exception cref="InvalidRunException">There is one already, and it is damaged.</exception>
    public SessionRecorder(string path, int process, int agents, Action<string> tell)
    {
        (_first, _tell) = (process * agents, tell);
        _agents = [.. Enumerable.Range(0, agents).Select(_ => new AgentRecorder())];
        try
        {
            _file = new RecordFile(path);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidRunException($"{OneLine.QuotePath(path)}: {damaged.Message}; delete the file, or say 'record: false' in run.yaml", damaged);
        }
    }

    /// <inheritdoc />
    public IGossipRecorder? Recorder(int rank) => _agents[rank - _first];

    /// <inheritdoc />
    public IGossipScript? Script(int rank) => null;

    /// <inheritdoc />
    public IShares Shares(int rank) => _agents[rank - _first];

    /// <inheritdoc />
    public (long Played, long Episodes, string Reason)? Failure(int rank) => null;

    /// <inheritdoc />
    public IGossipTransport? Open(Topology topology, int elements, MessageFormat format) => null;

    /// <summary>Says how the session begins.</summary>
    public void Start(RecordedStart start) => Try(() => Append(RecordBlockKind.Start, start.WriteTo));

    /// <summary>Writes what waits, of agents of which that is much or old.</summary>
    public void Drain()
    {
        long now = Environment.TickCount64;
        bool isOld = now - _drained >= LongestWait;
        _drained = isOld ? now : _drained;
        foreach ((int index, AgentRecorder agent) in _agents.Index())
        {
            if (isOld || agent.Length >= WorthABlock)
            {
                Try(() => Write(index));
            }
        }
    }

    /// <summary>Sees that all is on the disk that a checkpoint's agents have been through.</summary>
    public void BeforeCheckpoint(RecordedState state) => Finish(RecordBlockKind.Checkpoint, state);

    /// <summary>Says how the session ended.</summary>
    public void End(RecordedState state) => Finish(RecordBlockKind.End, state);

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private void Finish(RecordBlockKind kind, RecordedState state) => Try(() =>
    {
        for (int index = 0; index < _agents.Length; index++)
        {
            Write(index);
        }

        Append(kind, state.WriteTo);
        _file.Flush();
    });

    private void Write(int index)
    {
        int head = Decision.WriteNumber(_content, (ulong)index);
        int end = _agents[index].MoveTo(ref _content, head);
        if (end > head)
        {
            _file.Append(RecordBlockKind.Decisions, _content.AsSpan(0, end));
        }
    }

    private void Append(RecordBlockKind kind, Action<BinaryWriter> write)
    {
        using MemoryStream memory = new();
        using BinaryWriter writer = new(memory);
        write(writer);
        writer.Flush();
        _file.Append(kind, memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    /// <summary>Training goes on without a record; what follows a gap in it would be of no use.</summary>
    private void Try(Action write)
    {
        if (_hasFailed)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _hasFailed = true;
            _tell($"The record could not be written: {OneLine.Message(exception)}. Training goes on; the run can be replayed up to its last checkpoint before.");
        }
    }
}
