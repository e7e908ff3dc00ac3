using Gala.Architectures;
using Gala.Environments;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>One learner, and actors that play for it in its own process and in others.</summary>
internal static class ImpalaAssembly
{
    /// <param name="options">Complete.</param>
    /// <param name="source">Makes the actors' simulators.</param>
    /// <param name="cluster">Process 0 has the learner; all have actors.</param>
    public static AgentGroup Create(RunOptions options, SimulatorSource source, ICluster cluster)
    {
        int steps = options.Rollout!.Value, first = cluster.Process * options.Agents!.Value;
        SimulatorBatch[] simulators = [.. Enumerable.Range(first, options.Agents.Value).Select(index => Blocks.Simulators(options, source, index))];
        EnvironmentSpec environment = simulators[0].Spec;
        RunOptions actors = options with { ComputeThreads = 1 }; // they are threads already
        ManagedActorCritic[] networks = [.. simulators.Select(own => Blocks.Network(actors, environment, Actor.RowsFor(steps, own.Count)))];
        ImpalaLinks links = new(options, environment, networks[0], cluster);
        Rollout batch = new(steps, options.Batch!.Value * options.Simulators);
        ImpalaLearner? learner = cluster.Process == 0 ? Learner(options, environment, batch, links) : null;
        return new AgentGroup(learner is null ? [] : [learner], batch.Length, links)
        {
            Helpers =
            [
                .. networks.Select((network, index) => new ImpalaActor(
                    first + index, network, simulators[index], steps, options.Seed, links.Parameters, links.Queue)),
            ],
            Gauges = learner is null ? [] :
            [
                new Gauge("queueDepth", "queue depth", () => links.Queue.Depth),
                .. learner.Lag.Gauges,
                new Gauge("clippedShare", "clipped share", () => learner.ClippedShare),
            ],
        };
    }

    private static ImpalaLearner Learner(RunOptions options, EnvironmentSpec environment, Rollout batch, ImpalaLinks links)
    {
        ManagedActorCritic network = Blocks.Network(options, environment, ImpalaLearner.RowsFor(batch.Steps, batch.Simulators));
        IOptimizer optimizer = Blocks.Optimizer(options, network.Parameters.Length);
        PhaseClock clock = new();
        VTraceOptions traces = new()
        {
            Discount = (float)options.Gamma,
            RhoBar = (float)options.RhoBar!.Value,
            CBar = (float)options.CBar!.Value,
            TraceDecay = (float)options.VTraceLambda!.Value,
        };
        return new ImpalaLearner(
            network,
            optimizer,
            new VTraceLearner(network, optimizer, Blocks.Loss(options), traces, clock),
            Blocks.Schedule(options, (long)batch.Length * environment.FrameSkip),
            batch,
            options.Batch!.Value,
            links.Store,
            links.Queue,
            clock,
            links.Endpoint);
    }
}
