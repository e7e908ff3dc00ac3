using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Agents that gossip: through mailboxes, or in lock-step.</summary>
internal static class GalaAssembly
{
    /// <param name="options">Complete.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    public static AgentGroup Create(RunOptions options, Action<GossipTimeOut> timedOut)
    {
        ActorLearner[] learners = Blocks.ActorLearners(options);
        Topology topology = RunTopology.Create(options.Topology, learners.Length);
        int parameters = learners[0].Network.Parameters.Length;
        if (options.Deterministic)
        {
            LockStepGossip rounds = new(topology, parameters, pushSum: !topology.KeepsMean);
            return Join(rounds.Agent, rounds);
        }

        MailboxTransport transport = new(topology, parameters);
        GossipAgentOptions gossip = new() { MaxStaleness = options.MaxStaleness, TimedOut = timedOut };
        return Join(rank => AsynchronousGossip.Create(transport, rank, gossip), transport);

        AgentGroup Join(Func<int, IGossip> gossipOf, IDisposable exchange) =>
            new([.. learners.Select((learner, rank) => new GalaA2C(rank, learner, gossipOf(rank)))], learners[0].StepsPerUpdate, exchange)
            {
                Topology = topology,
            };
    }
}
