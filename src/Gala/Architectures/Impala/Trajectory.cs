using Gala.Learning;
using Gala.Networks;

namespace Gala.Architectures;

/// <summary>T steps of one actor's N simulators, with all that a learner needs to learn from them later: made once, filled again and again.</summary>
/// <remarks>Belongs to whoever took it from the <see cref="TrajectoryQueue"/>, which publishes its contents from thread to thread.</remarks>
public sealed class Trajectory
{
    private readonly float[] _observations;
    private readonly float[] _initialStates;
    private readonly float[] _behaviour;
    private readonly float[] _rewards;
    private readonly float[] _truncationValues;
    private readonly int[] _actions;
    private readonly bool[] _terminated;
    private readonly bool[] _truncated;
    private readonly bool[] _ended;
    private readonly int _simulators;

    /// <summary>Allocates every buffer.</summary>
    /// <param name="steps">T.</param>
    /// <param name="simulators">N.</param>
    /// <param name="observation">Floats of one observation.</param>
    /// <param name="state">Floats of one state of the network; 0 without memory.</param>
    public Trajectory(int steps, int simulators, int observation, int state)
    {
        int length = checked(steps * simulators);
        _simulators = simulators;
        _observations = new float[checked((length + simulators) * observation)];
        _initialStates = new float[simulators * state];
        (_behaviour, _rewards, _truncationValues) = (new float[length], new float[length], new float[length]);
        (_actions, _terminated, _truncated, _ended) = (new int[length], new bool[length], new bool[length], new bool[length]);
    }

    /// <summary>Updates that the parameters had seen which made the trajectory.</summary>
    public long Version { get; private set; }

    /// <summary>Copies what an actor just played.</summary>
    /// <param name="network">The actor's, with the rows of its rollout.</param>
    /// <param name="rollout">T steps of N simulators.</param>
    /// <param name="version">Of the network's parameters.</param>
    public void Record(IActorCritic network, Rollout rollout, long version)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rollout);
        network.Observations(0, rollout.Length + _simulators).CopyTo(_observations); // with the one after the last step
        network.States(0, _simulators).CopyTo(_initialStates);
        LogProbabilities.OfActions(network.Logits(0, rollout.Length), rollout.Actions, _behaviour);
        rollout.Actions.CopyTo(_actions);
        rollout.Rewards.CopyTo(_rewards);
        rollout.Terminated.CopyTo(_terminated);
        rollout.Truncated.CopyTo(_truncated);
        rollout.Ended.CopyTo(_ended);
        rollout.TruncationValues.CopyTo(_truncationValues);
        Version = version;
    }

    /// <summary>Lays the trajectory into a batch of several, side by side, as though their simulators were one agent's.</summary>
    /// <param name="network">The learner's: observations of T + 1 steps and the states of the first are written.</param>
    /// <param name="batch">T steps of the batch's simulators.</param>
    /// <param name="behaviour">log μ(aₜ|xₜ) of the batch, shape [T, simulators].</param>
    /// <param name="firstSimulator">Where in the batch the trajectory's simulators begin.</param>
    public void LayInto(IActorCritic network, Rollout batch, Span<float> behaviour, int firstSimulator)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batch);
        int steps = batch.Steps;
        Lay(_observations, network.Observations(0, batch.Length + batch.Simulators), steps + 1, firstSimulator);
        Lay(_initialStates, network.States(0, batch.Simulators), 1, firstSimulator);
        Lay(_behaviour, behaviour, steps, firstSimulator);
        Lay(_actions, batch.Actions, steps, firstSimulator);
        Lay(_rewards, batch.Rewards, steps, firstSimulator);
        Lay(_terminated, batch.Terminated, steps, firstSimulator);
        Lay(_truncated, batch.Truncated, steps, firstSimulator);
        Lay(_ended, batch.Ended, steps, firstSimulator);
        Lay(_truncationValues, batch.TruncationValues, steps, firstSimulator);
    }

    /// <summary>Copies [steps, N, width] to where it belongs in the batch's [steps, simulators, width].</summary>
    private void Lay<T>(ReadOnlySpan<T> source, Span<T> batch, int steps, int firstSimulator)
    {
        int length = source.Length / steps;
        int stride = batch.Length / steps;
        int start = length / _simulators * firstSimulator;
        for (int step = 0; step < steps; step++)
        {
            source.Slice(step * length, length).CopyTo(batch.Slice((step * stride) + start, length));
        }
    }
}
