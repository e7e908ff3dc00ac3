using Gala.Environments;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Learning;

/// <summary>A network that plays a batch of simulators: fills one rollout after the other.</summary>
/// <remarks>
/// <para>Simulators write their observations straight into the network's rows, row t · N + n for step t of simulator n, and the
/// forward passes of acting are those that the update differentiates: nothing is copied and nothing is computed twice.</para>
/// <para>A network's memory goes along with each simulator: from step to step, from the end of a rollout to the next, and back to
/// nothing where an episode ended.</para>
/// <para>Simulator n at its step s draws its action with the random number of (seed, n, s), whichever thread asks. The seed is that of the session in
/// which the simulators started.</para>
/// </remarks>
public sealed partial class Actor
{
    // Keeps the actors' draws apart from those of the simulators, which share the run's seed.
    private const ulong ActionStream = 0xAC70_0000_0000_0000;

    private readonly IActorCritic _network;
    private readonly SimulatorBatch _simulators;
    private readonly Rollout _rollout;
    private readonly ulong _seed;
    private readonly int _firstSimulator;
    private readonly PhaseClock _clock;
    private readonly float[] _uniforms;
    private ulong _sessionSeed; // of the draws
    private bool _started;

    /// <summary>Joins a network and simulators.</summary>
    /// <param name="network">Holds <see cref="RowsFor"/> rows or more.</param>
    /// <param name="simulators">N simulators.</param>
    /// <param name="rollout">T steps of N simulators; filled by <see cref="Collect"/>.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="firstSimulator">Global index of the first simulator: unlike between agents.</param>
    /// <param name="clock">The agent's, told of phases; null for none.</param>
    /// <exception cref="ArgumentException">The sizes do not agree.</exception>
    public Actor(IActorCritic network, SimulatorBatch simulators, Rollout rollout, ulong seed, int firstSimulator, PhaseClock? clock = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(simulators);
        ArgumentNullException.ThrowIfNull(rollout);
        if (rollout.Simulators != simulators.Count)
        {
            throw new ArgumentException($"The rollout is for {rollout.Simulators} simulators, but there are {simulators.Count}.", nameof(rollout));
        }

        if (network.Capacity < RowsFor(rollout.Steps, rollout.Simulators))
        {
            throw new ArgumentException(
                $"The network holds {network.Capacity} rows, but a rollout of {rollout.Steps} steps and {rollout.Simulators} simulators needs "
                + $"{RowsFor(rollout.Steps, rollout.Simulators)}.",
                nameof(network));
        }

        (_network, _simulators, _rollout, _seed, _firstSimulator) = (network, simulators, rollout, seed, firstSimulator);
        _sessionSeed = SimulatorBatch.SessionSeed(seed, simulators.FramesBefore);
        _uniforms = new float[simulators.Count];
        _clock = clock ?? new PhaseClock();
    }

    /// <summary>The observations after the last step, with which the next rollout begins.</summary>
    private Span<float> NextObservations => _network.Observations(_rollout.Length, _simulators.Count);

    /// <summary>What the network remembers there.</summary>
    private Span<float> NextStates => _network.States(_rollout.Length, _simulators.Count);

    /// <summary>Rows that a network needs: T steps, the observations after them, and the last observations of truncated episodes.</summary>
    public static int RowsFor(int steps, int simulators) => (steps + 2) * simulators;

    /// <summary>The random number in [0, 1) that draws a simulator's action at one of its steps.</summary>
    /// <param name="seed">Seed of the session in which the simulator started, <see cref="SimulatorBatch.SessionSeed"/>.</param>
    /// <param name="simulator">Global index.</param>
    /// <param name="step">Steps that it made before.</param>
    public static float Draw(ulong seed, int simulator, long step) =>
        Philox.ToUnitSingle(Philox.Words(seed, (ulong)step, ActionStream | (uint)simulator).A);

    /// <summary>Plays T steps with the network's present parameters and fills the rollout.</summary>
    public void Collect()
    {
        _clock.Enter(Phase.Act);
        int count = _simulators.Count;
        if (_started)
        {
            NextObservations.CopyTo(_network.Observations(0, count));
            NextStates.CopyTo(_network.States(0, count));
            ForgetBrokenStates(count);
        }
        else
        {
            _simulators.Reset(_network.Observations(0, count));
            _network.States(0, count).Clear();
            _started = true;
        }

        for (int step = 0; step < _rollout.Steps; step++)
        {
            Play(step, count);
        }

        _network.Forward(_rollout.Length, count);
        _network.Values(_rollout.Length, count).CopyTo(_rollout.BootstrapValues);
    }

    /// <summary>A memory that is not finite, as after an observation that was not, would spoil all updates up to its episode's end.</summary>
    private void ForgetBrokenStates(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!Kernels.AllFinite(_network.States(i, 1)))
            {
                _network.States(i, 1).Clear();
            }
        }
    }

    private void Play(int step, int count)
    {
        int row = step * count;
        _network.Forward(row, count);
        _network.Values(row, count).CopyTo(_rollout.Values.Slice(row, count));
        for (int i = 0; i < count; i++)
        {
            _uniforms[i] = Draw(_sessionSeed, _firstSimulator + i, _simulators.Steps);
        }

        Span<int> actions = _rollout.Actions.Slice(row, count);
        Kernels.CategoricalSample(_network.Logits(row, count), _uniforms, actions);
        Span<bool> terminated = _rollout.Terminated.Slice(row, count);
        Span<bool> truncated = _rollout.Truncated.Slice(row, count);
        _clock.Enter(Phase.Simulate);
        _simulators.Step(
            actions,
            _network.Observations(row + count, count),
            _rollout.Rewards.Slice(row, count),
            terminated,
            truncated);
        _clock.Enter(Phase.Act);
        CarryStates(row, terminated, truncated);
        if (truncated.Contains(true))
        {
            EvaluateTruncated(row, truncated, _rollout.TruncationValues.Slice(row, count));
        }
    }

    /// <summary>Hands the states after a step on to the next one, cleared where an episode ended.</summary>
    private void CarryStates(int row, ReadOnlySpan<bool> terminated, ReadOnlySpan<bool> truncated)
    {
        Span<bool> ended = _rollout.Ended.Slice(row, terminated.Length);
        _network.NextStates(row, ended.Length).CopyTo(_network.States(row + ended.Length, ended.Length));
        for (int i = 0; i < ended.Length; i++)
        {
            ended[i] = terminated[i] || truncated[i];
            if (ended[i])
            {
                _network.States(row + ended.Length + i, 1).Clear();
            }
        }
    }

    /// <summary>V of the true last observations of episodes that were cut off: their rows were overwritten by the next episode's first.</summary>
    private void EvaluateTruncated(int row, ReadOnlySpan<bool> truncated, Span<float> values)
    {
        int length = _simulators.Spec.Observation.Length;
        int scratch = _rollout.Length + truncated.Length;
        int used = 0;
        for (int i = 0; i < truncated.Length; i++)
        {
            if (truncated[i])
            {
                _simulators.FinalObservations.Slice(i * length, length).CopyTo(_network.Observations(scratch + used, 1));
                _network.NextStates(row + i, 1).CopyTo(_network.States(scratch + used, 1));
                used++;
            }
        }

        _network.Forward(scratch, used);
        ReadOnlySpan<float> computed = _network.Values(scratch, used);
        used = 0;
        for (int i = 0; i < truncated.Length; i++)
        {
            if (truncated[i])
            {
                values[i] = computed[used++];
            }
        }
    }
}
