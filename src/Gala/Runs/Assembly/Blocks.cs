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
    public static ActorLearner[] ActorLearners(RunOptions options, int process = 0) =>
        ActorLearners(options, length => Optimizer(options, length), process);

    /// <summary>The same with optimisers of another kind.</summary>
    /// <param name="options">Complete.</param>
    /// <param name="optimizer">Makes one for a number of parameters; called in order of rank.</param>
    /// <param name="process">Whose agents: they are numbered on from those of the processes before it, and draw other random numbers.</param>
    public static ActorLearner[] ActorLearners(RunOptions options, Func<int, IOptimizer> optimizer, int process = 0) =>
        [.. Enumerable.Range(process * options.Agents!.Value, options.Agents.Value).Select(rank => ActorLearner(options, rank, optimizer))];

    /// <summary>Simulators of one agent, numbered on from those of the agents before it.</summary>
    public static SimulatorBatch Simulators(RunOptions options, int rank) =>
        SimulatorBatch.Create(options.Environment, options.Simulators, options.Seed, rank * options.Simulators);

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

    private static ActorLearner ActorLearner(RunOptions options, int rank, Func<int, IOptimizer> optimizer)
    {
        SimulatorBatch simulators = Simulators(options, rank);
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
