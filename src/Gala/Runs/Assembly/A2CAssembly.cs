using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>Workers that average their gradients.</summary>
internal static class A2CAssembly
{
    public static AgentGroup Create(RunOptions options, SimulatorSource simulators, ICluster cluster)
    {
        ActorLearner[] learners = Blocks.ActorLearners(options, simulators, cluster.Process);
        int count = learners.Length * cluster.Processes;
        IReduction? reduction = count > 1 ? cluster.OpenReduction(learners.Length, learners[0].Network.Parameters.Length) : null;
        return new AgentGroup(
            [.. learners.Select((learner, rank) => new A2C(rank, learner, reduction?.Agent(rank) ?? (IGossip)new NoGossip()))],
            learners[0].StepsPerUpdate,
            reduction)
        {
            Topology = RunTopology.Create(options.Topology, count),
        };
    }
}
