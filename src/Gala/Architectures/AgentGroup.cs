using Gala.Environments;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Architectures;

/// <summary>All agents of a run and what joins them, made from its options.</summary>
public sealed class AgentGroup : IDisposable
{
    private readonly IDisposable? _exchange;

    private AgentGroup(IReadOnlyList<IAgent> agents, Topology topology, IDisposable? exchange) =>
        (Agents, Topology, _exchange) = (agents, topology, exchange);

    /// <summary>In order of rank.</summary>
    public IReadOnlyList<IAgent> Agents { get; }

    /// <summary>Who gossips with whom.</summary>
    public Topology Topology { get; }

    /// <summary>Simulator frames of one update of one agent.</summary>
    public long FramesPerUpdate => (long)Agents[0].Learner.StepsPerUpdate * Agents[0].Learner.Simulators.Spec.FrameSkip;

    /// <summary>Updates done by all agents.</summary>
    public long Updates => Agents.Sum(agent => agent.Learner.Updates);

    /// <summary>Updates of all agents that a number of frames is good for: whole rounds of one update an agent, at least one.</summary>
    public long UpdatesFor(long frames) => Math.Max(1, frames / (FramesPerUpdate * Agents.Count)) * Agents.Count;

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
            case { Architecture: "a2c" }:
                return new AgentGroup([new A2C(learners[0])], topology, null);
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

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (IAgent agent in Agents)
        {
            agent.Dispose();
        }

        _exchange?.Dispose();
    }

    private static ActorLearner CreateLearner(RunOptions options, int rank)
    {
        int firstSimulator = rank * options.Simulators;
        SimulatorBatch simulators = SimulatorBatch.Create(options.Environment, options.Simulators, options.Seed, firstSimulator);
        NetworkSpec spec = NetworkPresets.Create(options.Network!, simulators.Spec.Observation, simulators.Spec.Actions);
        int steps = options.Rollout!.Value;
        ManagedActorCritic network = new(spec, Actor.RowsFor(steps, options.Simulators));
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
