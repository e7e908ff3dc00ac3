using Gala.Architectures;
using Gala.Environments;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>One learner, and actors that play for it.</summary>
internal static class ImpalaAssembly
{
    public static AgentGroup Create(RunOptions options)
    {
        int steps = options.Rollout!.Value;
        SimulatorBatch[] simulators = [.. Enumerable.Range(0, options.Agents!.Value).Select(index => Blocks.Simulators(options, index))];
        EnvironmentSpec environment = simulators[0].Spec;
        Rollout batch = new(steps, options.Batch!.Value * options.Simulators);
        ManagedActorCritic network = Blocks.Network(options, environment, ImpalaLearner.RowsFor(steps, batch.Simulators));
        ParameterStore store = new(network.Parameters.Length);
        TrajectoryQueue queue = new(
            [.. Enumerable.Range(0, options.Queue!.Value).Select(
                _ => new Trajectory(steps, options.Simulators, environment.Observation.Length, network.StateLength))],
            simulators.Length);
        ImpalaLearner learner = Learner(options, network, batch, environment.FrameSkip, store, queue);
        RunOptions actors = options with { ComputeThreads = 1 }; // they are threads already
        return new AgentGroup([learner], batch.Length, store)
        {
            Helpers =
            [
                .. simulators.Select((own, index) => new ImpalaActor(
                    index, Blocks.Network(actors, environment, Actor.RowsFor(steps, own.Count)), own, steps, options.Seed, store, queue)),
            ],
            Gauges =
            [
                new Gauge("queueDepth", "queue depth", () => queue.Depth),
                .. learner.Lag.Gauges,
                new Gauge("clippedShare", "clipped share", () => learner.ClippedShare),
            ],
        };
    }

    private static ImpalaLearner Learner(
        RunOptions options, ManagedActorCritic network, Rollout batch, int frameSkip, ParameterStore store, TrajectoryQueue queue)
    {
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
            Blocks.Schedule(options, (long)batch.Length * frameSkip),
            batch,
            options.Batch!.Value,
            store,
            queue,
            clock);
    }
}
