using Gala.Architectures;
using Gala.Gossip;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>Agents that gossip: through mailboxes, in lock-step, or first in lock-step and then through mailboxes.</summary>
internal static class GalaAssembly
{
    /// <param name="options">Complete.</param>
    /// <param name="simulators">Makes the agents' simulators.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    /// <param name="refused">Told of every message that an agent refuses, on its thread; null for nobody.</param>
    /// <param name="cluster">The processes whose agents gossip together.</param>
    /// <param name="decisions">What stands between the agents and chance; null for nothing.</param>
    public static AgentGroup Create(
        RunOptions options,
        SimulatorSource simulators,
        Action<GossipTimeOut> timedOut,
        Action<GossipRefusal>? refused,
        ICluster cluster,
        IDecisions? decisions = null)
    {
        ActorLearner[] learners = Blocks.ActorLearners(options, simulators, cluster.Process);
        int first = cluster.Process * learners.Length;
        Topology topology = RunTopology.Create(options.Topology, learners.Length * cluster.Processes);
        long framesOfARound = (long)learners[0].StepsPerUpdate * learners[0].Simulators.Spec.FrameSkip * topology.Agents;
        GossipLinks links = new(options, topology, learners[0].Network.Parameters.Length, framesOfARound, timedOut, refused, cluster, decisions);
        return new AgentGroup([.. learners.Select(Agent)], learners[0].StepsPerUpdate, links)
        {
            Topology = topology,
            StepsAfterMix = options.GossipGradients == true,
        };

        ActorLearnerAgent Agent(ActorLearner learner, int rank)
        {
            learner.Shares = decisions?.Shares(first + rank);
            learner.Simulators.FailsAt = decisions?.Failure(first + rank);
            if (options.GossipGradients != true)
            {
                return new GalaA2C(rank, learner, links.Gossip(first + rank, learner.Optimizer));
            }

            GradientExchange exchange = new(learner.Network, (RmsProp)learner.Optimizer, first + rank, links.GradientMessage, links.Format);
            return new GradientGala(rank, learner, links.Gossip(first + rank, learner.Optimizer, exchange), exchange);
        }
    }
}
