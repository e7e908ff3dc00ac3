using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>Synchronous, deterministic gossip: X ← PX after every update, with the parameters of the same update of all agents.</summary>
/// <remarks>
/// <para>The sums run in order of rank, so the bits depend neither on the threads' schedule nor on who is first; on the complete graph
/// all agents get the same bits.</para>
/// <para>Two sets of buffers make one barrier a round enough: an agent that writes for round k + 1 has passed the barrier of round k,
/// so every agent has arrived there and has done with the buffers of round k − 1, which are the ones written to.</para>
/// <para>A message is checked once, in the buffer that all its receivers read, so that all decide alike. One that is refused is left out of every sum,
/// that of its sender too: who had become non-finite takes over the mean of its in-peers.</para>
/// <para>When an agent leaves or is cancelled, the others' exchanges return at once, unmixed and with
/// <see cref="GossipResult.Stop"/>: nobody hangs.</para>
/// </remarks>
public sealed class LockStepGossip : IDisposable
{
    private readonly int _parameterCount;
    private readonly LockStepAgent[] _agents;
    private readonly AlignedBuffer<byte>[] _published; // [(update & 1) · n + rank]
    private readonly long[] _updates; // same order; which update the buffer holds, so that agents out of step are found out
    private readonly bool[] _sound; // same order; whether it may be mixed
    private readonly double[] _weights; // same order; the share that an agent gives to each out-peer, in push-sum

    /// <summary>Prepares rounds between all agents of a topology.</summary>
    /// <param name="topology">Who sends to whom.</param>
    /// <param name="parameterCount">P.</param>
    /// <param name="pushSum">Whether weights travel with the parameters, so that the mean is kept on graphs that are not doubly stochastic.</param>
    /// <param name="format">How parameters travel.</param>
    /// <param name="refused">Told of every message that is refused, by each agent that gets it, on its thread.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="parameterCount"/> is negative.</exception>
    public LockStepGossip(
        Topology topology, int parameterCount, bool pushSum = false, MessageFormat format = MessageFormat.Exact, Action<GossipRefusal>? refused = null)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterCount);
        (Topology, Format, Refused, _parameterCount) = (topology, format, refused, parameterCount);
        Barrier = new RoundBarrier(topology.Agents);
        _published = [.. Enumerable.Range(0, 2 * topology.Agents).Select(_ => new AlignedBuffer<byte>(MessagePayload.Length(parameterCount, format)))];
        _updates = new long[_published.Length];
        _sound = new bool[_published.Length];
        _weights = new double[_published.Length];
        _agents = [.. Enumerable.Range(0, topology.Agents).Select(CreateAgent)];

        LockStepAgent CreateAgent(int rank) => pushSum ? new LockStepPushSum(this, rank) : new LockStepAverage(this, rank);
    }

    /// <summary>Who mixes whose parameters.</summary>
    public Topology Topology { get; }

    internal MessageFormat Format { get; }

    internal Action<GossipRefusal>? Refused { get; }

    internal RoundBarrier Barrier { get; }

    /// <summary>One agent's part, always the same object.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no agent of that rank.</exception>
    public IGossip Agent(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, _agents.Length);
        return _agents[rank];
    }

    /// <summary>An agent's part under a rule. All agents exchange after the same updates.</summary>
    /// <param name="agent">What an exchange is: <see cref="Agent"/>, or what was made of it.</param>
    /// <param name="rule">The agent's own. Where agents may not decide alike, all exchange as soon as the rule of one of them says so.</param>
    public IGossip Ruled(IGossip agent, IGossipRule rule) => new LockStepRuledGossip(agent, rule, Barrier);

    /// <summary>Frees the buffers; every agent must have stopped.</summary>
    public void Dispose() => Array.ForEach(_published, buffer => buffer.Dispose());

    internal void Publish(int rank, ReadOnlySpan<float> parameters, long update, double weight = 1)
    {
        if (parameters.Length != _parameterCount)
        {
            throw new ArgumentException($"Agent {rank} has {parameters.Length} parameters instead of {_parameterCount}.", nameof(parameters));
        }

        int index = Index(rank, update);
        MessagePayload.Write(parameters, _published[index].Span, Format);
        (_updates[index], _weights[index]) = (update, weight);
        _sound[index] = Published(rank, update).IsSound(Topology.Agents);
    }

    /// <summary>What an agent published for that update; the barrier of its round must have been passed.</summary>
    internal GossipMessage Published(int rank, long update)
    {
        int index = WrittenIndex(rank, update);
        return MessagePayload.Read(_published[index].Span, Format, update, _weights[index]);
    }

    /// <summary>Whether that may be mixed.</summary>
    internal bool IsSound(int rank, long update) => _sound[WrittenIndex(rank, update)];

    private int WrittenIndex(int rank, long update)
    {
        int index = Index(rank, update);
        return _updates[index] == update
            ? index
            : throw new InvalidOperationException($"Lock-step gossip of update {update} met agent {rank} at update {_updates[index]}.");
    }

    private int Index(int rank, long update) => ((int)(update & 1) * Topology.Agents) + rank;
}
