namespace Gala.Gossip;

/// <summary>The processes, on one machine or many, that train one run together.</summary>
/// <remarks>All processes open and dispose the same things in the same order. Agents are numbered through all processes: those of process 0
/// come first.</remarks>
public interface ICluster : IDisposable
{
    /// <summary>This process: 0 to <see cref="Processes"/> − 1.</summary>
    int Process { get; }

    /// <summary>How many processes there are, at least 1.</summary>
    int Processes { get; }

    /// <summary>How long another process may give no sign of life before it is <see cref="Silent"/>. At first 30 s.</summary>
    TimeSpan TimeOut { get; set; }

    /// <summary>Processes that are not waited for: those that were killed, have stopped or were cut off, as long as that lasts. Any thread.</summary>
    IReadOnlyList<int> Silent { get; }

    /// <summary>Gossip between all agents of all processes; every process holds the same number of them.</summary>
    /// <param name="topology">Over all agents.</param>
    /// <param name="parameterCount">Elements of every message.</param>
    /// <param name="keepsEveryWeight">Whether a message that has left its process is kept until it was received, as push-sum needs, instead of
    /// giving way to a newer one.</param>
    /// <param name="format">How parameters travel.</param>
    /// <exception cref="ArgumentException">The agents cannot be shared out evenly.</exception>
    IGossipTransport OpenGossip(Topology topology, int parameterCount, bool keepsEveryWeight, MessageFormat format = MessageFormat.Exact);

    /// <summary>The mean over all agents of all processes, the same bits as <see cref="TreeReduction"/> has for as many agents in one process.</summary>
    /// <param name="agents">Agents of this process, as many as in each other one.</param>
    /// <param name="length">Elements of every vector.</param>
    IReduction OpenReduction(int agents, int length);

    /// <summary>Brings the full frames of all other processes to process 0.</summary>
    /// <remarks>Every frame arrives once, those of a process in their order. One is given back where it was filled as soon as process 0 receives it, for
    /// which it needs an empty one there; so nobody gets further ahead than there are frames. Whoever closes theirs closes those of all; what is on its
    /// way then is lost.</remarks>
    /// <param name="frames">Of this process, as long as those of the others. Process 0 keeps one of its empty ones for each other process.</param>
    /// <returns>To be disposed by all processes, before the frames; waits until all have closed theirs. Null where there is no other process.</returns>
    IDisposable? OpenStream(IFrameCycle frames);

    /// <summary>Brings bytes of process 0 to all; returns when they are there.</summary>
    /// <param name="content">What process 0 gives; of no meaning in others.</param>
    byte[] Broadcast(ReadOnlySpan<byte> content);

    /// <summary>Brings bytes of all processes to process 0, one process after the other. Other processes return when theirs have gone.</summary>
    /// <param name="content">What this process gives.</param>
    /// <param name="take">Called in process 0, in order of the processes, its own first; not for one that is silent.</param>
    void Gather(ReadOnlySpan<byte> content, Action<int, ReadOnlyMemory<byte>> take);

    /// <summary>Ends all processes at once, this one too: the last resort of one that failed.</summary>
    void Abort(int exitCode);
}
