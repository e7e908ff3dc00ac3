using System.Runtime.InteropServices;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Architectures;

/// <summary>T steps of one actor's N simulators, with all that a learner needs to learn from them later, in memory that can go to another process.</summary>
/// <remarks>Belongs to whoever took it from the <see cref="TrajectoryQueue"/>, which publishes its contents from thread to thread.</remarks>
public sealed class Trajectory : Frame
{
    private const int Word = sizeof(float);
    private const int StepWordKinds = 4; // of each step and simulator
    private const int StepFlagKinds = 3;
    private readonly int _simulators;
    private readonly int _length; // T · N
    private readonly int _observations; // floats, of T + 1 steps
    private readonly int _states; // floats, of the first step

    /// <summary>Allocates the memory.</summary>
    /// <param name="steps">T.</param>
    /// <param name="simulators">N.</param>
    /// <param name="observation">Floats of one observation.</param>
    /// <param name="state">Floats of one state of the network; 0 without memory.</param>
    public Trajectory(int steps, int simulators, int observation, int state)
        : base(LengthOf(steps, simulators, observation, state))
    {
        _simulators = simulators;
        _length = steps * simulators;
        _observations = (_length + simulators) * observation;
        _states = simulators * state;
    }

    /// <summary>Updates that the parameters had seen which made the trajectory.</summary>
    public long Version
    {
        get => MemoryMarshal.Read<long>(Content);
        private set => MemoryMarshal.Write(Content, value);
    }

    // Behind the version, the widest elements first, so that all are aligned; one of 4 bytes is a word.
    private Span<float> Observations => Words<float>(0, _observations);

    private Span<float> InitialStates => Words<float>(_observations, _states);

    private Span<float> Behaviour => StepWords<float>(0);

    private Span<float> Rewards => StepWords<float>(1);

    private Span<float> TruncationValues => StepWords<float>(2);

    private Span<int> Actions => StepWords<int>(3);

    private Span<bool> Terminated => StepFlags(0);

    private Span<bool> Truncated => StepFlags(1);

    private Span<bool> Ended => StepFlags(2);

    /// <summary>Copies what an actor just played.</summary>
    /// <param name="network">The actor's, with the rows of its rollout.</param>
    /// <param name="rollout">T steps of N simulators.</param>
    /// <param name="version">Of the network's parameters.</param>
    public void Record(IActorCritic network, Rollout rollout, long version)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rollout);
        network.Observations(0, rollout.Length + _simulators).CopyTo(Observations); // with the one after the last step
        network.States(0, _simulators).CopyTo(InitialStates);
        LogProbabilities.OfActions(network.Logits(0, rollout.Length), rollout.Actions, Behaviour);
        rollout.Actions.CopyTo(Actions);
        rollout.Rewards.CopyTo(Rewards);
        rollout.Terminated.CopyTo(Terminated);
        rollout.Truncated.CopyTo(Truncated);
        rollout.Ended.CopyTo(Ended);
        rollout.TruncationValues.CopyTo(TruncationValues);
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
        Lay(Observations, network.Observations(0, batch.Length + batch.Simulators), steps + 1, firstSimulator);
        Lay(InitialStates, network.States(0, batch.Simulators), 1, firstSimulator);
        Lay(Behaviour, behaviour, steps, firstSimulator);
        Lay(Actions, batch.Actions, steps, firstSimulator);
        Lay(Rewards, batch.Rewards, steps, firstSimulator);
        Lay(Terminated, batch.Terminated, steps, firstSimulator);
        Lay(Truncated, batch.Truncated, steps, firstSimulator);
        Lay(Ended, batch.Ended, steps, firstSimulator);
        Lay(TruncationValues, batch.TruncationValues, steps, firstSimulator);
    }

    /// <summary>Copies [steps, N, width] to where it belongs in the batch's [steps, simulators, width].</summary>
    private void Lay<T>(Span<T> source, Span<T> batch, int steps, int firstSimulator)
    {
        int length = source.Length / steps;
        int stride = batch.Length / steps;
        int start = length / _simulators * firstSimulator;
        for (int step = 0; step < steps; step++)
        {
            source.Slice(step * length, length).CopyTo(batch.Slice((step * stride) + start, length));
        }
    }

    private Span<T> Words<T>(int first, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Content.Slice(sizeof(long) + (first * Word), count * Word));

    private Span<T> StepWords<T>(int index)
        where T : unmanaged => Words<T>(_observations + _states + (index * _length), _length);

    private Span<bool> StepFlags(int index) =>
        MemoryMarshal.Cast<byte, bool>(Content.Slice(Content.Length - ((StepFlagKinds - index) * _length), _length));

    private static int LengthOf(int steps, int simulators, int observation, int state)
    {
        int length = checked(steps * simulators);
        int words = checked(((length + simulators) * observation) + (simulators * state) + (StepWordKinds * length));
        return checked(sizeof(long) + (words * Word) + (StepFlagKinds * length));
    }
}
