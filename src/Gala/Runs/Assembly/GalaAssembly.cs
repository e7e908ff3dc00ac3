using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Agents that gossip: through mailboxes, in lock-step, or first in lock-step and then through mailboxes.</summary>
internal static class GalaAssembly
{
    /// <param name="options">Complete.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    public static AgentGroup Create(RunOptions options, Action<GossipTimeOut> timedOut)
    {
        ActorLearner[] learners = Blocks.ActorLearners(options);
        Topology topology = RunTopology.Create(options.Topology, learners.Length);
        long framesOfARound = (long)learners[0].StepsPerUpdate * learners[0].Simulators.Spec.FrameSkip * learners.Length;
        GossipLinks links = new(options, topology, learners[0].Network.Parameters.Length, framesOfARound, timedOut);
        return new AgentGroup(
            [.. learners.Select((learner, rank) => new GalaA2C(rank, learner, links.Gossip(rank, learner.Optimizer)))], learners[0].StepsPerUpdate, links)
        {
            Topology = topology,
        };
    }
}
