using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Workers that average their gradients.</summary>
internal static class A2CAssembly
{
    public static AgentGroup Create(RunOptions options)
    {
        ActorLearner[] learners = Blocks.ActorLearners(options);
        int count = learners.Length;
        TreeReduction? reduction = count > 1 ? new TreeReduction(count, learners[0].Network.Parameters.Length) : null;
        return new AgentGroup(
            [.. learners.Select((learner, rank) => new A2C(rank, learner, reduction?.Agent(rank) ?? (IGossip)new NoGossip()))],
            learners[0].StepsPerUpdate,
            reduction)
        {
            Topology = RunTopology.Create(options.Topology, count),
        };
    }
}
