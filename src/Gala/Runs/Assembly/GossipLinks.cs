using Gala.Architectures;
using Gala.Gossip;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>What joins agents that gossip, as the options want it: when they exchange, what a message holds and how it travels.</summary>
internal sealed class GossipLinks : IProcessExchange
{
    private readonly RunOptions _options;
    private readonly long _updates;
    private readonly long _lockStepUpdates;
    private readonly GossipAgentOptions _agentOptions;
    private readonly LockStepGossip? _lockStep;
    private readonly IGossipTransport? _transport;
    private readonly List<IDisposable> _parts = [];
    private readonly IDecisions? _decisions;

    /// <param name="options">Complete.</param>
    /// <param name="topology">Who sends to whom.</param>
    /// <param name="parameters">P.</param>
    /// <param name="framesOfARound">Frames of one update of every agent.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    /// <param name="refused">Told of every message that an agent refuses, on its thread; null for nobody.</param>
    /// <param name="cluster">The processes whose agents gossip together; lock-step is for one alone.</param>
    /// <param name="decisions">What stands between the agents and chance; null for nothing.</param>
    public GossipLinks(
        RunOptions options,
        Topology topology,
        int parameters,
        long framesOfARound,
        Action<GossipTimeOut> timedOut,
        Action<GossipRefusal>? refused,
        ICluster cluster,
        IDecisions? decisions = null)
    {
        (_options, _decisions) = (options, decisions);
        _updates = Math.Max(1, options.Frames / framesOfARound);
        _lockStepUpdates = options.LockStepFrames / framesOfARound;
        _agentOptions = new GossipAgentOptions
        {
            MaxStaleness = options.MaxStaleness,
            TimeOut = TimeSpan.FromSeconds(options.PeerTimeout),
            CountFromFirst = true,
            TimedOut = timedOut,
            Refused = refused,
        };
        GradientMessage = GradientMessage.For(topology, parameters);
        int elements = options.GossipGradients == true ? GradientMessage.Length : options.GossipStatistics ? 2 * parameters : parameters;
        Format = options.MessageFormat == "bfloat16" ? MessageFormat.BFloat16 : MessageFormat.Exact;
        if (options.Deterministic || _lockStepUpdates > 0)
        {
            _lockStep = new LockStepGossip(topology, elements, pushSum: !topology.KeepsMean, Format, refused);
        }

        if (!options.Deterministic)
        {
            _transport = decisions?.Open(topology, elements, Format) ?? cluster.OpenGossip(topology, elements, keepsEveryWeight: !topology.KeepsMean, Format);
        }
    }

    /// <summary>What a message holds where agents gossip gradients.</summary>
    public GradientMessage GradientMessage { get; }

    /// <summary>How messages travel.</summary>
    public MessageFormat Format { get; }

    /// <summary>One agent's part. To be asked for once an agent.</summary>
    /// <param name="rank">0 to n − 1, among the agents of all processes.</param>
    /// <param name="optimizer">The agent's own.</param>
    /// <param name="exchange">The agent's own where agents gossip gradients; null elsewhere.</param>
    public IGossip Gossip(int rank, IOptimizer optimizer, GradientExchange? exchange = null)
    {
        IGossipRule rule = GossipRules.TryCreate(_options.Gossip, _updates, out IGossipRule? found) ? found : new EveryUpdate();
        // Before and after a switch it is the same rule, which has seen every update.
        return (LockStep(rank, rule, optimizer, exchange), Asynchronous(rank, rule, optimizer, exchange)) switch
        {
            ({ } lockStep, { } asynchronous) => new SwitchingGossip(lockStep, asynchronous, _lockStepUpdates),
            (var lockStep, var asynchronous) => lockStep ?? asynchronous!,
        };
    }

    /// <inheritdoc />
    public void Close() => _transport?.Close();

    /// <summary>Frees what messages lie in; every agent must have stopped.</summary>
    public void Dispose()
    {
        _parts.ForEach(part => part.Dispose());
        _lockStep?.Dispose();
        _transport?.Dispose();
    }

    private IGossip? LockStep(int rank, IGossipRule rule, IOptimizer optimizer, GradientExchange? exchange)
    {
        if (_lockStep is null)
        {
            return null;
        }

        IGossip agent = WithMore(_lockStep.Agent(rank), optimizer, exchange);
        return rule is EveryUpdate ? agent : _lockStep.Ruled(agent, rule);
    }

    private IGossip? Asynchronous(int rank, IGossipRule rule, IOptimizer optimizer, GradientExchange? exchange)
    {
        if (_transport is null)
        {
            return null;
        }

        GossipAgentOptions agentOptions = _agentOptions with { Recorder = _decisions?.Recorder(rank), Script = _decisions?.Script(rank) };
        IGossip agent = WithMore(AsynchronousGossip.Create(_transport, rank, agentOptions), optimizer, exchange);
        return rule is EveryUpdate ? agent : new RuledGossip(agent, rule);
    }

    /// <summary>An agent's gossip of what else is mixed beside parameters.</summary>
    private IGossip WithMore(IGossip agent, IOptimizer optimizer, GradientExchange? exchange)
    {
        if (exchange is not null)
        {
            return new GradientGossip(agent, exchange);
        }

        if (!_options.GossipStatistics)
        {
            return agent;
        }

        StatisticsGossip mixed = new(agent, (RmsProp)optimizer);
        _parts.Add(mixed);
        return mixed;
    }
}
