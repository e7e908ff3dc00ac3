using Gala.Architectures;
using Gala.Architectures.Hts;
using Gala.Environments;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>A learner with two storages, executors with simulators, and actors.</summary>
internal static class HtsAssembly
{
    public static AgentGroup Create(RunOptions options, SimulatorSource source)
    {
        int count = options.Simulators;
        int steps = options.Rollout!.Value;
        SimulatorBatch[] batches = [.. Enumerable.Range(0, count).Select(index => source.Create(options, index, count: 1))];
        EnvironmentSpec spec = batches[0].Spec;
        ManagedActorCritic[] networks = [.. Enumerable.Range(0, 2).Select(_ => Blocks.Network(options, spec, Actor.RowsFor(steps, count)))];
        ParameterVector parameters = new(networks[0].Spec.Layout);
        networks[0].Parameters.Span.CopyTo(parameters.Span);

        IOptimizer optimizer = Blocks.Optimizer(options, parameters.Length);
        PhaseClock clock = new();
        HtsStorage[] storages = [.. networks.Select(network => new HtsStorage(network, steps, count, optimizer, Blocks.Loss(options), clock))];
        StorageSwap swap = new(storages, options.Executors!.Value);
        ReadyQueue requests = new(count);
        ReadyQueue[] answers = [.. Enumerable.Range(0, options.Executors.Value).Select(_ => new ReadyQueue(count))];
        HtsSimulator[] simulators = [.. batches.Select((batch, index) =>
            new HtsSimulator(batch, index, networks[0].StateLength, options.Seed, answers[index * answers.Length / count]))];
        HtsExecutor[] executors = [.. answers.Select((queue, index) =>
            new HtsExecutor(index, [.. simulators.Where(simulator => simulator.Answers == queue)], swap, requests, queue))];
        HtsActor[] actors = [.. Enumerable.Range(0, options.Actors!.Value).Select(index =>
            new HtsActor(index, Blocks.Network(options with { ComputeThreads = 1 }, spec, count), swap, requests))];

        LearningRateSchedule schedule = Blocks.Schedule(options, (long)steps * count * spec.FrameSkip);
        HtsLearner learner = new(parameters, optimizer, schedule, swap, simulators, executors, clock);
        return new AgentGroup([learner], steps * count, exchange: null)
        {
            Helpers = [.. executors, .. actors],
            Simulators = batches,
            Gauges =
            [
                new Gauge("policyLag", "policy lag", () => learner.PolicyLag),
                new Gauge("executorWaitShare", "executors waiting for actions", () => Share(executors, Phase.Act)),
                new Gauge("learnerWaitShare", "learner waiting for executors", () => Share([learner], Phase.Gossip)),
            ],
        };
    }

    /// <summary>Part of the workers' time that went to one phase; null before they have any.</summary>
    private static double? Share(IEnumerable<IWorker> workers, Phase phase)
    {
        double all = Enum.GetValues<Phase>().Sum(one => workers.Sum(worker => worker.Clock.Spent(one).TotalSeconds));
        return all > 0 ? workers.Sum(worker => worker.Clock.Spent(phase).TotalSeconds) / all : null;
    }
}
