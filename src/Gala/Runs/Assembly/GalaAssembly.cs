using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Agents that gossip: through mailboxes, or in lock-step.</summary>
internal static class GalaAssembly
{
    /// <param name="options">Complete.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    /// <param name="cluster">The processes whose agents gossip together.</param>
    public static AgentGroup Create(RunOptions options, Action<GossipTimeOut> timedOut, ICluster cluster)
    {
        ActorLearner[] learners = Blocks.ActorLearners(options, cluster.Process);
        int first = cluster.Process * learners.Length;
        Topology topology = Topologies.Create(options.Topology, learners.Length * cluster.Processes);
        int parameters = learners[0].Network.Parameters.Length;
        if (options.Deterministic)
        {
            LockStepGossip rounds = new(topology, parameters, pushSum: !topology.KeepsMean);
            return Join(rounds.Agent, rounds);
        }

        IGossipTransport transport = cluster.OpenGossip(topology, parameters, keepsEveryWeight: !topology.KeepsMean);
        GossipAgentOptions gossip = new() { MaxStaleness = options.MaxStaleness, TimedOut = timedOut };
        return Join(rank => AsynchronousGossip.Create(transport, first + rank, gossip), transport);

        AgentGroup Join(Func<int, IGossip> gossipOf, IDisposable exchange) =>
            new([.. learners.Select((learner, rank) => new GalaA2C(rank, learner, gossipOf(rank)))], learners[0].StepsPerUpdate, exchange)
            {
                Topology = topology,
            };
    }
}
