using Gala.Environments;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Architectures;

/// <summary>The learner of IMPALA: updates from the trajectories of actors that are some updates behind, corrected by V-trace.</summary>
/// <remarks>Source: Espeholt et al. 2018, arXiv 1802.01561. Where ours differs: docs/algorithms/impala.md. The learner closes the
/// queue when it leaves, and so does the last actor; whoever finds it closed ends: so all end together, whatever the reason.</remarks>
public sealed class ImpalaLearner : IAgent
{
    private readonly IActorCritic _network;
    private readonly VTraceLearner _learner;
    private readonly LearningRateSchedule _schedule;
    private readonly ParameterStore _store;
    private readonly TrajectoryQueue _queue;
    private readonly IGossipEndpoint? _others;
    private readonly Trajectory[] _trajectories;
    private readonly Rollout _batch;
    private readonly float[] _behaviour;
    private double _clippedShares; // summed over the updates; written by the learner's thread, read by any
    private long _measuredUpdates; // likewise
    private bool _hasBegun; // before, parameters may still be put back to those of a checkpoint

    /// <summary>Joins the learner to its actors.</summary>
    /// <param name="network">π: holds <see cref="RowsFor"/> rows; disposed with this object.</param>
    /// <param name="optimizer">Of its parameters; disposed with this object.</param>
    /// <param name="learner">Makes updates of both.</param>
    /// <param name="schedule">Learning rate by update.</param>
    /// <param name="batch">T steps of the simulators of all trajectories of one update.</param>
    /// <param name="trajectories">B, trajectories of one update.</param>
    /// <param name="store">Where parameters go.</param>
    /// <param name="queue">Where trajectories come from.</param>
    /// <param name="clock">The one that <paramref name="learner"/> tells of its phases.</param>
    /// <param name="others">Where parameters go that other processes need; null for none.</param>
    public ImpalaLearner(
        IActorCritic network,
        IOptimizer optimizer,
        VTraceLearner learner,
        LearningRateSchedule schedule,
        Rollout batch,
        int trajectories,
        ParameterStore store,
        TrajectoryQueue queue,
        PhaseClock clock,
        IGossipEndpoint? others = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        (_network, Optimizer, _learner, _schedule, _batch) = (network, optimizer, learner, schedule, batch);
        (_store, _queue, Clock, _others) = (store, queue, clock, others);
        _trajectories = new Trajectory[trajectories];
        _behaviour = new float[batch.Length];
        ParametersChanged();
    }

    /// <inheritdoc />
    public int Rank => 0;

    /// <inheritdoc />
    public string Name => "learner";

    /// <inheritdoc />
    public AgentProgress Progress { get; } = new();

    /// <inheritdoc />
    public PhaseClock Clock { get; }

    /// <inheritdoc />
    /// <remarks>None: actors play.</remarks>
    public SimulatorBatch? Simulators => null;

    /// <inheritdoc />
    public ParameterVector Parameters => _network.Parameters;

    /// <inheritdoc />
    public IOptimizer Optimizer { get; }

    /// <inheritdoc />
    public long Updates { get; private set; }

    /// <inheritdoc />
    public double LearningRate => _schedule.At(Updates);

    /// <inheritdoc />
    public IGossip Gossip { get; } = new NoGossip();

    /// <summary>By how many updates trajectories were behind when they were learned from.</summary>
    public LagStatistics Lag { get; } = new();

    /// <summary>Share of the steps since the start whose ratio π/μ was cut at ρ̄; null before the first update. Any thread.</summary>
    public double? ClippedShare => Volatile.Read(ref _measuredUpdates) is > 0 and long updates ? Volatile.Read(ref _clippedShares) / updates : null;

    /// <summary>Rows that a network needs: T steps and the observations after them.</summary>
    public static int RowsFor(int steps, int simulators) => (steps + 1) * simulators;

    /// <inheritdoc />
    public Action? WakeUp
    {
        set => _queue.SetEmptier(value!);
    }

    /// <inheritdoc />
    public Turn TakeTurn(CancellationToken abort)
    {
        Progress.State = AgentState.Waiting;
        Clock.Enter(Phase.Gossip);
        Begin();
        if (!_queue.TryTake(_trajectories))
        {
            return _queue.IsClosed ? Turn.Ended : Turn.Waiting(Timeout.InfiniteTimeSpan);
        }

        Progress.State = AgentState.Learning;
        LayOut();
        LossStatistics loss = _learner.ComputeGradients(_batch, _behaviour); // π/μ, vₜ, g
        Progress.Record(_learner.Step(loss, LearningRate)); // θ ← θ − η g
        Volatile.Write(ref _clippedShares, _clippedShares + _learner.ClippedShare);
        Volatile.Write(ref _measuredUpdates, _measuredUpdates + 1);
        Updates++;
        Clock.Enter(Phase.Gossip);
        ParametersChanged();
        _queue.GiveBack(_trajectories); // whoever fills them next sees this update
        return Turn.Done;
    }

    /// <inheritdoc />
    /// <remarks>Publishes them to the actors.</remarks>
    public void ParametersChanged()
    {
        _network.ParametersChanged();
        _store.Publish(Parameters.Span, Updates);
        if (_hasBegun)
        {
            _others?.Publish(Parameters.Span, Updates);
        }
    }

    /// <inheritdoc />
    public void RequestStop() => _queue.Close();

    /// <inheritdoc />
    public void Leave()
    {
        _queue.Close();
        _others?.Leave();
    }

    /// <inheritdoc />
    /// <remarks>What actors have under way is not saved: they start new episodes.</remarks>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Updates);
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Updates = reader.ReadInt64();
        ParametersChanged(); // under the number of their updates
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _network.Dispose();
        Optimizer.Dispose();
    }

    /// <summary>Other processes get parameters from the first turn on: before, those of a checkpoint may still take their place.</summary>
    private void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            _others?.Publish(Parameters.Span, Updates);
        }
    }

    /// <summary>Lays the trajectories side by side, and notes how old they are.</summary>
    private void LayOut()
    {
        int simulators = _batch.Simulators / _trajectories.Length;
        for (int i = 0; i < _trajectories.Length; i++)
        {
            _trajectories[i].LayInto(_network, _batch, _behaviour, i * simulators);
            Lag.Add(Updates - _trajectories[i].Version);
        }
    }
}
