using Gala.Environments;
using Gala.Learning;
using Gala.Networks;

namespace Gala.Architectures.Hts;

/// <summary>One of the two storages: α steps of N simulators, D, and a network with the parameters that they were played with, θ_b.</summary>
/// <remarks>Simulators write their observations straight into the network's rows, row t · N + n for step t of simulator n. While it is
/// filled, each executor writes the rows of its simulators and actors read them; after the swap it is the learner's.</remarks>
internal sealed class HtsStorage : IResumable, IDisposable
{
    private readonly A2CLearner _learner;
    private readonly float[][] _lastObservations; // of truncated episodes, by simulator, one after the other; grows where there is no room
    private readonly int[] _truncations; // of each simulator in this interval

    /// <param name="network">Holds <see cref="Actor.RowsFor"/> rows, and θ_0; disposed with the storage.</param>
    /// <param name="steps">α.</param>
    /// <param name="simulators">N.</param>
    /// <param name="optimizer">Of the newest parameters.</param>
    /// <param name="options">Of the loss.</param>
    /// <param name="clock">The learner's.</param>
    public HtsStorage(IActorCritic network, int steps, int simulators, IOptimizer optimizer, A2COptions options, PhaseClock clock)
    {
        (Network, Rollout) = (network, new Rollout(steps, simulators));
        _learner = new A2CLearner(network, optimizer, options, clock);
        _lastObservations = [.. Enumerable.Range(0, simulators).Select(_ => Array.Empty<float>())];
        _truncations = new int[simulators];
    }

    /// <summary>θ_b, and rows for the learner's passes.</summary>
    public IActorCritic Network { get; }

    /// <summary>What was played.</summary>
    public Rollout Rollout { get; }

    /// <summary>Updates that θ_b has seen.</summary>
    public long Version { get; private set; }

    private int ObservationLength => Network.Spec.Input.Length;

    /// <summary>Where step t of simulator n lies.</summary>
    public int RowOf(int step, int simulator) => (step * Rollout.Simulators) + simulator;

    /// <summary>Observation before a step; step α: after the last one.</summary>
    public Span<float> Observation(int step, int simulator) => Network.Observations(RowOf(step, simulator), 1);

    /// <summary>Makes room for a simulator's next interval, in which the network starts from a state.</summary>
    public void Begin(int simulator, ReadOnlySpan<float> state)
    {
        state.CopyTo(Network.States(simulator, 1));
        _truncations[simulator] = 0;
    }

    /// <summary>Keeps the last observation of an episode that was cut off: its row holds the first one of the next.</summary>
    public void KeepLastObservation(int simulator, ReadOnlySpan<float> observation)
    {
        ref float[] kept = ref _lastObservations[simulator];
        int offset = _truncations[simulator]++ * observation.Length;
        if (kept.Length < offset + observation.Length)
        {
            Array.Resize(ref kept, 2 * (offset + observation.Length));
        }

        observation.CopyTo(kept.AsSpan(offset));
    }

    /// <summary>What it will be filled with next is played by these parameters.</summary>
    /// <param name="parameters">θ_b.</param>
    /// <param name="version">Updates that they have seen.</param>
    public void Behave(ReadOnlySpan<float> parameters, long version)
    {
        parameters.CopyTo(Network.Parameters.Span);
        Network.ParametersChanged();
        Version = version;
    }

    /// <summary>∇J(θ_b; D), left in the network.</summary>
    public LossStatistics ComputeGradients()
    {
        int rows = Rollout.Length;
        Network.Unroll(0, Rollout.Steps + 1, Rollout.Simulators, Rollout.Ended);
        Network.Values(0, rows).CopyTo(Rollout.Values);
        Network.Values(rows, Rollout.Simulators).CopyTo(Rollout.BootstrapValues);
        for (int simulator = 0; simulator < Rollout.Simulators; simulator++)
        {
            EvaluateTruncated(simulator);
        }

        return _learner.ComputeGradients(Rollout);
    }

    /// <summary>One step of the optimiser on other parameters than those of the gradient.</summary>
    public LearningStatistics Step(LossStatistics loss, double learningRate, Span<float> parameters) =>
        _learner.Step(loss, learningRate, parameters);

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(Version);
        StateBytes.Write<float>(writer, Network.Parameters.Span);
        StateBytes.Write<float>(writer, Network.Observations(0, Rollout.Length + Rollout.Simulators));
        StateBytes.Write<float>(writer, Network.States(0, Rollout.Simulators));
        StateBytes.Write<int>(writer, Rollout.Actions);
        StateBytes.Write<float>(writer, Rollout.Rewards);
        StateBytes.Write<bool>(writer, Rollout.Terminated);
        StateBytes.Write<bool>(writer, Rollout.Truncated);
        StateBytes.Write<bool>(writer, Rollout.Ended);
        for (int simulator = 0; simulator < _truncations.Length; simulator++)
        {
            writer.Write(_truncations[simulator]);
            StateBytes.Write<float>(writer, _lastObservations[simulator].AsSpan(0, _truncations[simulator] * ObservationLength));
        }
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        Version = reader.ReadInt64();
        StateBytes.Read(reader, Network.Parameters.Span);
        Network.ParametersChanged();
        StateBytes.Read(reader, Network.Observations(0, Rollout.Length + Rollout.Simulators));
        StateBytes.Read(reader, Network.States(0, Rollout.Simulators));
        StateBytes.Read(reader, Rollout.Actions);
        StateBytes.Read(reader, Rollout.Rewards);
        StateBytes.Read(reader, Rollout.Terminated);
        StateBytes.Read(reader, Rollout.Truncated);
        StateBytes.Read(reader, Rollout.Ended);
        for (int simulator = 0; simulator < _truncations.Length; simulator++)
        {
            int truncations = reader.ReadInt32();
            if (truncations < 0 || truncations > Rollout.Steps)
            {
                throw new InvalidDataException($"Saved state is damaged: {truncations} truncated episodes in {Rollout.Steps} steps.");
            }

            _truncations[simulator] = truncations;
            _lastObservations[simulator] = new float[truncations * ObservationLength];
            StateBytes.Read<float>(reader, _lastObservations[simulator]);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Network.Dispose();

    /// <summary>V of the last observations of a simulator's truncated episodes, in a row beyond those of the rollout.</summary>
    private void EvaluateTruncated(int simulator)
    {
        int scratch = RowOf(Rollout.Steps + 1, 0);
        int evaluated = 0;
        for (int step = 0; evaluated < _truncations[simulator]; step++)
        {
            int row = RowOf(step, simulator);
            if (Rollout.Truncated[row])
            {
                _lastObservations[simulator].AsSpan(evaluated++ * ObservationLength, ObservationLength).CopyTo(Network.Observations(scratch, 1));
                Network.NextStates(row, 1).CopyTo(Network.States(scratch, 1));
                Network.Forward(scratch, 1);
                Rollout.TruncationValues[row] = Network.Values(scratch, 1)[0];
            }
        }
    }
}
