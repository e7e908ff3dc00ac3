using Gala.Gossip;

namespace Gala.Runs;

/// <summary>What joins agents that gossip, as the options want it: when they exchange, and how messages travel.</summary>
internal sealed class GossipLinks : IDisposable
{
    private readonly RunOptions _options;
    private readonly long _updates;
    private readonly long _lockStepUpdates;
    private readonly GossipAgentOptions _agentOptions;
    private readonly bool _pushSum;
    private readonly LockStepGossip? _lockStep;
    private readonly MailboxTransport? _mailboxes;

    /// <param name="options">Complete.</param>
    /// <param name="topology">Who sends to whom.</param>
    /// <param name="elements">Of every message.</param>
    /// <param name="framesOfARound">Frames of one update of every agent.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    public GossipLinks(RunOptions options, Topology topology, int elements, long framesOfARound, Action<GossipTimeOut> timedOut)
    {
        _options = options;
        _updates = Math.Max(1, options.Frames / framesOfARound);
        _lockStepUpdates = options.LockStepFrames / framesOfARound;
        _agentOptions = new GossipAgentOptions { MaxStaleness = options.MaxStaleness, TimedOut = timedOut };
        _pushSum = !topology.KeepsMean; // a plain average would weigh some agents more than others
        if (options.Deterministic || _lockStepUpdates > 0)
        {
            _lockStep = new LockStepGossip(topology, elements, _pushSum);
        }

        if (!options.Deterministic)
        {
            _mailboxes = new MailboxTransport(topology, elements);
        }
    }

    /// <summary>One agent's part. To be asked for once an agent.</summary>
    public IGossip Gossip(int rank)
    {
        IGossipRule rule = GossipRules.TryCreate(_options.Gossip, _updates, out IGossipRule? found) ? found : new EveryUpdate();
        return (LockStep(rank, rule), Asynchronous(rank, rule)) switch
        {
            ({ } lockStep, { } asynchronous) => new SwitchingGossip(lockStep, asynchronous, _lockStepUpdates),
            (var lockStep, var asynchronous) => lockStep ?? asynchronous!,
        };
    }

    /// <summary>Frees what messages lie in; every agent must have stopped.</summary>
    public void Dispose()
    {
        _lockStep?.Dispose();
        _mailboxes?.Dispose();
    }

    private IGossip? LockStep(int rank, IGossipRule rule) => rule is EveryUpdate ? _lockStep?.Agent(rank) : _lockStep?.Agent(rank, rule);

    private IGossip? Asynchronous(int rank, IGossipRule rule)
    {
        if (_mailboxes is null)
        {
            return null;
        }

        IGossip agent = _pushSum ? new PushSumAgent(_mailboxes, rank, _agentOptions) : new GossipAgent(_mailboxes, rank, _agentOptions);
        return rule is EveryUpdate ? agent : new RuledGossip(agent, rule);
    }
}
