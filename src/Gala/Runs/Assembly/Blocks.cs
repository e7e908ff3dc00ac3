using Gala.Architectures;
using Gala.Environments;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Runs;

/// <summary>The blocks that architectures are built from, as the options want them.</summary>
internal static class Blocks
{
    /// <summary>One actor-learner an agent, all with the same initial parameters.</summary>
    /// <param name="options">Complete.</param>
    /// <exception cref="EnvironmentException">An environment cannot be made or breaks a promise.</exception>
    public static ActorLearner[] ActorLearners(RunOptions options)
    {
        using SimulatorSource simulators = new();
        ActorLearner[] learners = ActorLearners(options, simulators);
        simulators.HandOver();
        return learners;
    }

    /// <summary>The same with simulators from a given source.</summary>
    public static ActorLearner[] ActorLearners(RunOptions options, SimulatorSource simulators, int process = 0) =>
        ActorLearners(options, simulators, length => Optimizer(options, length), process);

    /// <summary>The same with optimisers of another kind.</summary>
    /// <param name="options">Complete.</param>
    /// <param name="simulators">Makes the simulators, those of all agents before anything else.</param>
    /// <param name="optimizer">Makes one for a number of parameters; called in order of rank.</param>
    /// <param name="process">Whose agents: they are numbered on from those of the processes before it, and draw other random numbers.</param>
    public static ActorLearner[] ActorLearners(
        RunOptions options, SimulatorSource simulators, Func<int, IOptimizer> optimizer, int process = 0)
    {
        int first = process * options.Agents!.Value;
        SimulatorBatch[] batches = [.. Enumerable.Range(first, options.Agents.Value).Select(rank => Simulators(options, simulators, rank))];
        return [.. batches.Select((batch, index) => ActorLearner(options, first + index, batch, optimizer))];
    }

    /// <summary>Simulators of one agent, numbered on from those of the agents before it.</summary>
    public static SimulatorBatch Simulators(RunOptions options, SimulatorSource source, int rank) =>
        source.Create(options, rank * options.Simulators, options.Simulators);

    /// <summary>A network with the run's initial parameters.</summary>
    /// <param name="options">Complete.</param>
    /// <param name="environment">What it observes and does.</param>
    /// <param name="capacity">Rows.</param>
    public static ManagedActorCritic Network(RunOptions options, EnvironmentSpec environment, int capacity)
    {
        NetworkSpec spec = NetworkPresets.Create(options.Network!, environment.Observation, environment.Actions);
        ManagedActorCritic network = new(spec, capacity, options.ComputeThreads);
        NetworkInitialization.Orthogonal(spec, network.Parameters, options.Seed);
        network.ParametersChanged();
        return network;
    }

    /// <summary>An optimiser without a past.</summary>
    public static IOptimizer Optimizer(RunOptions options, int parameters)
    {
        double epsilon = options.OptimizerEpsilon!.Value;
        double learningRate = options.LearningRate!.Value;
        EpsilonPlace place = options.EpsilonPlace == "inside" ? EpsilonPlace.InsideRoot : EpsilonPlace.OutsideRoot;
        return options.Optimizer switch
        {
            "adam" => new Adam(parameters, learningRate, epsilon: epsilon),
            _ => new RmsProp(parameters, learningRate, options.RmsPropDecay, epsilon, place),
        };
    }

    /// <summary>Returns and loss of A2C.</summary>
    public static A2COptions Loss(RunOptions options) => new()
    {
        Discount = (float)options.Gamma,
        TraceDecay = (float)(options.GaeLambda ?? 1),
        Coefficients = new A2CCoefficients((float)options.ValueCoefficient, (float)options.Entropy!.Value),
        MaxGradientNorm = options.MaxGradientNorm > 0 ? options.MaxGradientNorm : double.PositiveInfinity,
    };

    /// <summary>η by update, for one that makes all updates of the run's frames, each from <paramref name="framesPerUpdate"/> of them.</summary>
    public static LearningRateSchedule Schedule(RunOptions options, long framesPerUpdate) => options.LearningRateSchedule == "linear"
        ? LearningRateSchedule.LinearToZero(options.LearningRate!.Value, Math.Max(1, options.Frames / framesPerUpdate))
        : LearningRateSchedule.Constant(options.LearningRate!.Value);

    private static ActorLearner ActorLearner(RunOptions options, int rank, SimulatorBatch simulators, Func<int, IOptimizer> optimizer)
    {
        int steps = options.Rollout!.Value;
        ManagedActorCritic network = Network(options, simulators.Spec, Actor.RowsFor(steps, options.Simulators));
        long framesOfARound = (long)steps * options.Simulators * simulators.Spec.FrameSkip * options.Agents!.Value * options.Processes;
        return new ActorLearner(
            network,
            simulators,
            steps,
            optimizer(network.Parameters.Length),
            Loss(options),
            Schedule(options, framesOfARound),
            options.Seed,
            rank * options.Simulators);
    }
}
