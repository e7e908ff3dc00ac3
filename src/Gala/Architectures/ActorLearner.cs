using Gala.Environments;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Architectures;

/// <summary>The blocks of one actor-learner: simulators, network, rollout, actor, learner. Belongs to one thread.</summary>
public sealed class ActorLearner : IResumable, IDisposable
{
    private readonly Rollout _rollout;
    private readonly Actor _actor;
    private readonly A2CLearner _learner;
    private LearningRateSchedule _schedule; // replaced by the agent's thread, read by any
    private long _expected; // updates; written by any thread, read by the agent's

    /// <summary>Joins the blocks.</summary>
    /// <param name="network">Holds <see cref="Actor.RowsFor"/> rows; disposed with this object.</param>
    /// <param name="simulators">The agent's own simulators; disposed with this object.</param>
    /// <param name="rolloutSteps">T.</param>
    /// <param name="optimizer">The agent's own; its statistics stay local.</param>
    /// <param name="options">Of the loss.</param>
    /// <param name="schedule">Learning rate by update.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="firstSimulator">Global index of the agent's first simulator.</param>
    public ActorLearner(
        IActorCritic network,
        SimulatorBatch simulators,
        int rolloutSteps,
        IOptimizer optimizer,
        A2COptions options,
        LearningRateSchedule schedule,
        ulong seed,
        int firstSimulator)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(simulators);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(schedule);
        (Network, Simulators, Optimizer, _schedule) = (network, simulators, optimizer, schedule);
        _rollout = new Rollout(rolloutSteps, simulators.Count);
        _actor = new Actor(network, simulators, _rollout, seed, firstSimulator, Clock);
        _learner = new A2CLearner(network, optimizer, options, Clock);
    }

    /// <summary>Policy and value function.</summary>
    public IActorCritic Network { get; }

    /// <summary>What the agent acts in.</summary>
    public SimulatorBatch Simulators { get; }

    /// <summary>The agent's own optimiser.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>Where the agent's time goes.</summary>
    public PhaseClock Clock { get; } = new();

    /// <summary>Updates done.</summary>
    public long Updates { get; private set; }

    /// <summary>η of the next update.</summary>
    public double LearningRate => Volatile.Read(ref _schedule).At(Updates);

    /// <summary>Environment steps of all the agent's simulators in one update, T · N.</summary>
    public int StepsPerUpdate => _rollout.Steps * _rollout.Simulators;

    /// <summary>Who decides when the agent hears of <see cref="ExpectUpdates"/>; null: the moment. Before the first update.</summary>
    public IShares? Shares { get; set; }

    /// <summary>Lengthens the schedule of the learning rate to a number of updates, if it is shorter, from the next <see cref="Collect"/> on. Any thread,
    /// one at a time.</summary>
    public void ExpectUpdates(long updates) => Volatile.Write(ref _expected, Math.Max(_expected, updates));

    /// <summary>Plays T steps of N simulators with the present parameters.</summary>
    public void Collect()
    {
        long expected = Volatile.Read(ref _expected);
        Volatile.Write(ref _schedule, _schedule.Until(Shares?.At(Updates, expected) ?? expected)); // once an update, so that it has one rate
        _actor.Collect();
    }

    /// <summary>One optimiser step on what was just collected.</summary>
    /// <remarks>Leaves <see cref="IActorCritic.ParametersChanged"/> to the caller, who may still mix in other agents' parameters.</remarks>
    public LearningStatistics Learn() => Step(ComputeGradients());

    /// <summary>The gradient of the loss on what was just collected, left in the network.</summary>
    public LossStatistics ComputeGradients() => _learner.ComputeGradients(_rollout);

    /// <summary>One optimiser step by the network's gradients as they are now.</summary>
    public LearningStatistics Step(LossStatistics loss) => Step(loss, Network.Parameters.Span, LearningRate);

    /// <summary>The same for parameters that lie elsewhere, by a rate (η) that is decided elsewhere.</summary>
    public LearningStatistics Step(LossStatistics loss, Span<float> parameters, double learningRate)
    {
        Updates++;
        return _learner.Step(loss, learningRate, parameters);
    }

    /// <summary>The same by the mean of some agents' gradients; the optimiser must be RMSProp.</summary>
    public LearningStatistics Step(LossStatistics loss, in SampledGradient gradient)
    {
        double learningRate = LearningRate;
        Updates++;
        return _learner.Step(loss, gradient, learningRate);
    }

    /// <summary>An update without a step, since there was no gradient to make it by.</summary>
    public LearningStatistics Skip(LossStatistics loss, double gradientNorm)
    {
        Updates++;
        return new LearningStatistics(loss, gradientNorm, UpdateNorm: 0, IsRefused: true);
    }

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Updates);
        _actor.SaveState(writer);
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Updates = reader.ReadInt64();
        _actor.LoadState(reader);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Network.Dispose();
        Optimizer.Dispose();
        Simulators.Dispose();
    }
}
