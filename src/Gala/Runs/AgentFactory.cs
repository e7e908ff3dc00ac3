using Gala.Architectures;
using Gala.Environments;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Runs;

/// <summary>From options to agents that are ready to run.</summary>
internal static class AgentFactory
{
    /// <summary>Makes the agents, all with the same initial parameters.</summary>
    /// <param name="options">Complete: nothing left to defaults.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    public static AgentGroup Create(RunOptions options, Action<GossipTimeOut> timedOut)
    {
        ArgumentNullException.ThrowIfNull(options);
        int count = options.Agents!.Value;
        Topology topology = Topologies.Create(options.Topology, count);
        ActorLearner[] learners = new ActorLearner[count];
        for (int rank = 0; rank < count; rank++)
        {
            learners[rank] = CreateLearner(options, rank);
        }

        int parameters = learners[0].Network.Parameters.Length;
        switch (options)
        {
            case { Architecture: "a2c", Agents: 1 }:
                return new AgentGroup([new A2C(0, learners[0], new NoGossip())], topology, null);
            case { Architecture: "a2c" }:
                TreeReduction reduction = new(count, parameters);
                return new AgentGroup([.. learners.Select((learner, rank) => new A2C(rank, learner, reduction.Agent(rank)))], topology, reduction);
            case { Deterministic: true }:
                LockStepGossip rounds = new(topology, parameters);
                return new AgentGroup([.. learners.Select((learner, rank) => new GalaA2C(rank, learner, rounds.Agent(rank)))], topology, rounds);
            default:
                MailboxTransport transport = new(topology, parameters);
                GossipAgentOptions gossip = new() { MaxStaleness = options.MaxStaleness, TimedOut = timedOut };
                return new AgentGroup(
                    [.. learners.Select((learner, rank) => new GalaA2C(rank, learner, new GossipAgent(transport, rank, gossip)))], topology, transport);
        }
    }

    private static ActorLearner CreateLearner(RunOptions options, int rank)
    {
        int firstSimulator = rank * options.Simulators;
        SimulatorBatch simulators = SimulatorBatch.Create(options.Environment, options.Simulators, options.Seed, firstSimulator);
        NetworkSpec spec = NetworkPresets.Create(options.Network!, simulators.Spec.Observation, simulators.Spec.Actions);
        int steps = options.Rollout!.Value;
        ManagedActorCritic network = new(spec, Actor.RowsFor(steps, options.Simulators), options.ComputeThreads);
        NetworkInitialization.Orthogonal(spec, network.Parameters, options.Seed);
        network.ParametersChanged();
        A2COptions loss = new()
        {
            Discount = (float)options.Gamma,
            TraceDecay = (float)options.GaeLambda!.Value,
            Coefficients = new A2CCoefficients((float)options.ValueCoefficient, (float)options.Entropy!.Value),
            MaxGradientNorm = options.MaxGradientNorm > 0 ? options.MaxGradientNorm : double.PositiveInfinity,
        };
        long updates = Math.Max(1, options.Frames / ((long)steps * options.Simulators * simulators.Spec.FrameSkip * options.Agents!.Value));
        LearningRateSchedule schedule = options.LearningRateSchedule == "linear"
            ? LearningRateSchedule.LinearToZero(options.LearningRate!.Value, updates)
            : LearningRateSchedule.Constant(options.LearningRate!.Value);
        return new ActorLearner(network, simulators, steps, CreateOptimizer(options, network.Parameters.Length), loss, schedule, options.Seed, firstSimulator);
    }

    private static IOptimizer CreateOptimizer(RunOptions options, int parameters)
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
}
