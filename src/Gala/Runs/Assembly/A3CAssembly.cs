using Gala.Architectures;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>Workers on one vector of parameters.</summary>
internal static class A3CAssembly
{
    public static AgentGroup Create(RunOptions options)
    {
        IOptimizer? first = null;
        ActorLearner[] learners = Blocks.ActorLearners(options, length =>
        {
            IOptimizer optimizer = first is RmsProp shared ? shared.ShareStatistics() : Blocks.Optimizer(options, length);
            first ??= optimizer;
            return optimizer;
        });
        ParameterVector initial = learners[0].Network.Parameters;
        SharedParameters parameters = new(initial.Layout);
        initial.Span.CopyTo(parameters.Vector.Span);
        return new AgentGroup([.. learners.Select((learner, rank) => new A3C(rank, learner, parameters))], learners[0].StepsPerUpdate, parameters)
        {
            Gauges = parameters.Lag.Gauges,
        };
    }
}
