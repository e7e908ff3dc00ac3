using Gala.Architectures;
using Gala.Gossip;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Decides in a session what was decided in one that was recorded, up to where that is to be left.</summary>
/// <remarks>An agent goes on beyond its own end while others take messages that it has still to send, or its own exchanges are known: what it does there
/// is dropped. Others may have heard of it before the checkpoint that they went on from.</remarks>
internal sealed class ReplayedSession : IDecisions
{
    private const int MostInSharedMemory = 1; // messages of an edge: each publish takes the one before it back unless it was taken
    private const int MostBetweenProcesses = 8; // more than lie in the mailboxes and buffers of both sides

    private readonly RecordedSession _session;
    private readonly RecordedState _until;
    private readonly bool _isLast;
    private readonly int _processes;
    private readonly AgentScript[] _scripts;
    private readonly List<EdgeScript>[] _edges; // by sender
    private readonly AgentCheckpoint?[] _captures; // each written by its agent's thread

    /// <summary>Prepares to repeat a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="until">Where to leave it.</param>
    /// <param name="isLast">Whether the run ended with it, so that those who had failed there fail again.</param>
    /// <param name="processes">Processes that trained it.</param>
    public ReplayedSession(RecordedSession session, RecordedState until, bool isLast, int processes)
    {
        (_session, _until, _isLast, _processes) = (session, until, isLast, processes);
        _scripts = [.. session.Decisions.Select(bytes => new AgentScript(bytes))];
        _edges = [.. _scripts.Select(_ => new List<EdgeScript>())];
        _captures = new AgentCheckpoint?[_scripts.Length];
    }

    /// <summary>States of all agents where the session is left; null while not all are there.</summary>
    public IReadOnlyList<AgentCheckpoint>? Captures =>
        Array.TrueForAll(_captures, capture => Volatile.Read(ref capture) is not null) ? [.. _captures.Select(capture => capture!)] : null;

    /// <inheritdoc />
    public IGossipRecorder? Recorder(int rank) => null;

    /// <inheritdoc />
    public IGossipScript? Script(int rank) => _scripts[rank];

    /// <inheritdoc />
    public IShares Shares(int rank) => _scripts[rank];

    /// <inheritdoc />
    public (long Played, long Episodes, string Reason)? Failure(int rank) =>
        _isLast && FailureOf(rank) is { } failure ? (failure.Played, failure.Episodes, failure.Reason) : null;

    /// <inheritdoc />
    public IGossipTransport? Open(Topology topology, int elements, MessageFormat format) =>
        new ReplayTransport(topology, elements, format, _scripts, Edge, _processes > 1 ? MostBetweenProcesses : MostInSharedMemory);

    /// <summary>Whether an agent begins another update. Its own thread.</summary>
    public bool May(IAgent agent) =>
        agent.Updates < _until.Updates[agent.Rank]
        || (_isLast ? FailureOf(agent.Rank) is not null : _scripts[agent.Rank].HasMore || _edges[agent.Rank].Exists(edge => edge.NextTaken is not null));

    /// <summary>Whether a worker failed as it had before.</summary>
    public bool Expects(IWorker worker) => _isLast && worker is IAgent agent && FailureOf(agent.Rank) is not null;

    /// <summary>Keeps the agent's state if it is to be left here. Its own thread, or before it starts.</summary>
    public void Capture(IAgent agent)
    {
        if (!_isLast && agent.Updates == _until.Updates[agent.Rank])
        {
            Volatile.Write(ref _captures[agent.Rank], AgentCapture.Of(agent));
        }
    }

    /// <summary>The checkpoint that the next session goes on from.</summary>
    /// <param name="captures">All agents.</param>
    /// <param name="framesPerUpdate">Frames of one update.</param>
    /// <param name="wallSeconds">Time of all sessions so far.</param>
    public Checkpoint CheckpointOf(IReadOnlyList<AgentCheckpoint> captures, long framesPerUpdate, double wallSeconds) => new()
    {
        Frames = captures.Sum(capture => capture.Updates) * framesPerUpdate,
        Updates = captures.Sum(capture => capture.Updates),
        WallSeconds = wallSeconds,
        Episodes = _until.Episodes,
        EarlierEpisodes = _until.EarlierEpisodes,
        BestMeanReturn100 = _until.BestMeanReturn100,
        Agents = captures,
    };

    private EdgeScript Edge(int from, int to)
    {
        EdgeScript edge = new(new AgentScript(_session.Decisions[to]).TakenFrom(from));
        _edges[from].Add(edge);
        return edge;
    }

    private RecordedFailure? FailureOf(int rank) => _until.Failures.FirstOrDefault(failure => failure.Rank == rank);
}
