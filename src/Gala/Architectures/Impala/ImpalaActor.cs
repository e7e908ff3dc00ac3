using Gala.Environments;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Architectures;

/// <summary>An actor of IMPALA: plays trajectories with the newest parameters that the learner has published.</summary>
/// <remarks>Source: Espeholt et al. 2018, arXiv 1802.01561, section 3. The learner: <see cref="ImpalaLearner"/>.</remarks>
public sealed class ImpalaActor : IWorker
{
    private readonly IActorCritic _network;
    private readonly Rollout _rollout;
    private readonly Actor _actor;
    private readonly IParameterSource _parameters;
    private readonly TrajectoryQueue _queue;
    private bool _hasStandIn; // written by who watches the actor

    /// <summary>Joins an actor to its learner.</summary>
    /// <param name="index">0 to K − 1, through all processes.</param>
    /// <param name="network">μ: holds <see cref="Actor.RowsFor"/> rows; disposed with this object.</param>
    /// <param name="simulators">The actor's own simulators; disposed with this object.</param>
    /// <param name="rolloutSteps">T.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="parameters">Where they come from.</param>
    /// <param name="queue">Where trajectories go.</param>
    public ImpalaActor(
        int index, IActorCritic network, SimulatorBatch simulators, int rolloutSteps, ulong seed, IParameterSource parameters, TrajectoryQueue queue)
    {
        ArgumentNullException.ThrowIfNull(simulators);
        (Name, _network, Simulators, _parameters, _queue) = ($"actor {index}", network, simulators, parameters, queue);
        _rollout = new Rollout(rolloutSteps, simulators.Count);
        _actor = new Actor(network, simulators, _rollout, seed, index * simulators.Count, Clock);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    public PhaseClock Clock { get; } = new();

    /// <inheritdoc />
    public SimulatorBatch Simulators { get; }

    /// <inheritdoc />
    public bool IsDispensable => true;

    /// <inheritdoc />
    public Action? WakeUp
    {
        set
        {
            _queue.AddFiller(value!);
            _parameters.WakeUp = value;
        }
    }

    /// <inheritdoc />
    public Turn TakeTurn(CancellationToken abort)
    {
        Progress.State = AgentState.Waiting;
        Clock.Enter(Phase.Gossip);
        if (_queue.IsClosed)
        {
            return Turn.Ended;
        }

        if (!_parameters.IsReady || _queue.TryTakeEmpty() is not { } trajectory) // waits for the learner where it is behind
        {
            return Turn.Waiting(Timeout.InfiniteTimeSpan);
        }

        try
        {
            Play(trajectory);
        }
        catch
        {
            _queue.GiveBack([trajectory]); // to the actors that go on
            throw;
        }

        _queue.Add(trajectory);
        Progress.Count();
        return Turn.Done;
    }

    /// <inheritdoc />
    public void RequestStop() => _queue.Close();

    /// <inheritdoc />
    /// <remarks>A silent actor holds a trajectory, without which the others may never fill a batch. So the queue gets another one, once: an actor that
    /// comes back brings its own along.</remarks>
    public void StandIn()
    {
        if (!_hasStandIn)
        {
            _hasStandIn = true;
            _queue.AddEmpty();
        }
    }

    /// <inheritdoc />
    public void Leave() => _queue.Leave();

    /// <inheritdoc />
    public void Dispose()
    {
        _network.Dispose();
        Simulators.Dispose();
    }

    private void Play(Trajectory trajectory)
    {
        long version = _parameters.Pull(_network.Parameters.Span); // μ ← π
        _network.ParametersChanged();

        Progress.State = AgentState.Acting;
        _actor.Collect(); // T steps of N simulators with μ
        trajectory.Record(_network, _rollout, version);
    }
}
