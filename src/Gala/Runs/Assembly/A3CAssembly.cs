using Gala.Architectures;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>Workers on one vector of parameters and one of RMSProp's statistics.</summary>
internal static class A3CAssembly
{
    public static AgentGroup Create(RunOptions options, SimulatorSource simulators)
    {
        RmsProp? statistics = null; // the first worker's, which the others share
        ActorLearner[] learners = Blocks.ActorLearners(
            options, simulators, length => statistics?.ShareStatistics() ?? (statistics = (RmsProp)Blocks.Optimizer(options, length)));
        ParameterVector initial = learners[0].Network.Parameters;
        long framesPerUpdate = (long)learners[0].StepsPerUpdate * learners[0].Simulators.Spec.FrameSkip;
        SharedParameters parameters = new(initial.Layout, Blocks.Schedule(options, framesPerUpdate));
        initial.Span.CopyTo(parameters.Vector.Span);
        return new AgentGroup([.. learners.Select((learner, rank) => new A3C(rank, learner, parameters))], learners[0].StepsPerUpdate, parameters)
        {
            Gauges = parameters.Lag.Gauges,
        };
    }
}
