using Gala.Architectures.Hts;
using Gala.Environments;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>A2C with a thread for each simulator that meet after every step: the usual synchronous learner of slow simulators.</summary>
/// <remarks>Made of HTS-RL's simulators and one of its storages, so that the two differ in who waits for whom and in nothing else.</remarks>
internal sealed class StepSynchronousA2C : IDisposable
{
    private readonly HtsStorage _storage;
    private readonly HtsSimulator[] _simulators;
    private readonly IOptimizer _optimizer;
    private readonly ComputeTeam _threads;
    private readonly float[] _uniforms;
    private readonly int[] _actions;
    private readonly double _learningRate;

    /// <param name="options">Complete.</param>
    public StepSynchronousA2C(RunOptions options)
    {
        int count = options.Simulators;
        int steps = options.Rollout!.Value;
        using SimulatorSource source = new();
        SimulatorBatch[] batches = [.. Enumerable.Range(0, count).Select(index => source.Create(options, index, count: 1))];
        ManagedActorCritic network = Blocks.Network(options, batches[0].Spec, Actor.RowsFor(steps, count));
        _optimizer = Blocks.Optimizer(options, network.Parameters.Length);
        _storage = new HtsStorage(network, steps, count, _optimizer, Blocks.Loss(options), new PhaseClock());
        ReadyQueue unused = new(0);
        _simulators = [.. batches.Select((batch, index) => new HtsSimulator(batch, index, network.StateLength, options.Seed, unused))];
        _threads = new ComputeTeam(count);
        source.HandOver();
        (_uniforms, _actions, _learningRate) = (new float[count], new int[count], options.LearningRate!.Value);
    }

    /// <summary>θ now.</summary>
    public float[] Parameters => _storage.Network.Parameters.Span.ToArray();

    /// <summary>T steps of all simulators and an update.</summary>
    public void Iterate()
    {
        foreach (HtsSimulator simulator in _simulators)
        {
            simulator.Begin(_storage, _storage);
        }

        for (int step = 0; step < _storage.Rollout.Steps; step++)
        {
            Act(_storage.RowOf(step, 0));
            _threads.Run(share => _simulators[share.Index].Play(_storage)); // as long as the slowest of them
        }

        _ = _storage.Step(_storage.ComputeGradients(), _learningRate, _storage.Network.Parameters.Span);
        _storage.Network.ParametersChanged();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _threads.Dispose();
        _storage.Dispose();
        _optimizer.Dispose();
        Array.ForEach(_simulators, simulator => simulator.Dispose());
    }

    private void Act(int row)
    {
        int count = _simulators.Length;
        for (int i = 0; i < count; i++)
        {
            _uniforms[i] = _simulators[i].Uniform;
            _simulators[i].State.CopyTo(_storage.Network.States(row + i, 1));
        }

        _storage.Network.Forward(row, count);
        Kernels.CategoricalSample(_storage.Network.Logits(row, count), _uniforms, _actions);
        for (int i = 0; i < count; i++)
        {
            _simulators[i].Action = _actions[i];
            _storage.Network.NextStates(row + i, 1).CopyTo(_simulators[i].State);
        }
    }
}
