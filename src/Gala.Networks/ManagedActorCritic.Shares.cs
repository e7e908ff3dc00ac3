using Gala.Numerics;

namespace Gala.Networks;

// What threads share out: by rows where a row's results are its own, by trajectories where states go from step to step, by weights
// where gradients are sums over rows.
public sealed unsafe partial class ManagedActorCritic
{
    private readonly ComputeTeam _team;
    private readonly long _multiplyAddsOfRow; // of a forward pass; each of the two backward ones has about as many

    // Kept, since a new delegate would be an allocation.
    private readonly Action<Share> _forward;
    private readonly Action<Share> _computeFeatures;
    private readonly Action<Share> _unroll;
    private readonly Action<Share> _backThroughTime;
    private readonly Action<Share> _setGradientsOfRows;
    private readonly Action<Share> _addParameterGradients;

    // The pass at work. The caller writes it before the team runs, which publishes it.
    private readonly bool[] _ended;
    private int _firstRow;
    private int _steps;
    private int _simulators;

    /// <summary>Multiply-adds below which a pass stays on the caller's thread: some 20 µs of one core, less than it can take to wake another.</summary>
    internal long LeastToShare { get; init; } = 1_000_000;

    private bool IsShared => _team.Threads > 1 && _steps * _simulators * _multiplyAddsOfRow >= LeastToShare;

    private void ShareOut(Action<Share> pass)
    {
        if (IsShared)
        {
            _team.Run(pass);
        }
        else
        {
            pass(Share.Whole);
        }
    }

    private void Begin(int firstRow, int steps, int simulators, ReadOnlySpan<bool> ended)
    {
        (_firstRow, _steps, _simulators) = (firstRow, steps, simulators);
        if (_memory is not null)
        {
            ended[..((steps - 1) * simulators)].CopyTo(_ended);
        }
    }

    private (int First, int Count) RowsOf(Share share)
    {
        (int first, int count) = share.Of(_steps * _simulators);
        return (_firstRow + first, count);
    }

    private void ForwardRows(Share share)
    {
        (int first, int count) = RowsOf(share);
        foreach (Layer layer in _layers)
        {
            layer.Forward(first, count, share.Index);
        }

        _heads.Forward(first, count, share.Index);
    }

    private void ComputeFeatures(Share share)
    {
        (int first, int count) = RowsOf(share);
        for (int i = 0; i < Spec.Torso.Count; i++)
        {
            _layers[i].Forward(first, count, share.Index);
        }

        _memory!.ComputeGates(first, count, share.Index);
    }

    private void UnrollTrajectories(Share share)
    {
        _memory!.Unroll(_firstRow, _steps, _simulators, _ended, share);
        (int first, int count) = share.Of(_simulators);
        for (int step = 0; step < _steps; step++)
        {
            _heads.Forward(_firstRow + (step * _simulators) + first, count, share.Index);
        }
    }

    private void BackThroughTime(Share share)
    {
        (int first, int count) = share.Of(_simulators);
        for (int step = 0; step < _steps; step++)
        {
            _heads.SetFeatureGradients(_firstRow + (step * _simulators) + first, count, share.Index);
        }

        _memory!.BackThroughTime(_firstRow, _steps, _simulators, _ended, share);
    }

    private void SetGradientsOfRows(Share share)
    {
        (int first, int count) = RowsOf(share);
        if (_memory is null)
        {
            _heads.SetFeatureGradients(first, count, share.Index);
        }

        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            _layers[i].SetInnerGradients(first, count, share.Index);
            if (_layers[i].HasInputGradients)
            {
                _layers[i].SetInputGradients(first, count, share.Index);
            }
        }

        (first, count) = share.Of(Gradients.Length);
        Gradients.Span.Slice(first, count).Clear();
    }

    private void AddParameterGradients(Share share)
    {
        int rows = _steps * _simulators;
        _heads.AddParameterGradients(_firstRow, rows, HeadTensors.Of(Gradients), share);
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            LayerTensors gradients = new(Gradients, _firstTensor[i]);
            _layers[i].AddParameterGradients(_firstRow, rows, gradients, share);
            _layers[i].CollectParameterGradients(gradients, share);
        }
    }

    /// <summary>What threads have to do one pass after the other, since each needs what the others did, one thread does layer by layer and a
    /// few images at a time: gradients are still in the cache when they are read again. The sums have the same order.</summary>
    private void BackwardAlone()
    {
        const int ImagesAtOnce = 16;
        int end = _firstRow + (_steps * _simulators);
        Gradients.Span.Clear();
        if (_memory is null)
        {
            _heads.SetFeatureGradients(_firstRow, end - _firstRow, worker: 0);
        }

        _heads.AddParameterGradients(_firstRow, end - _firstRow, HeadTensors.Of(Gradients), Share.Whole);
        BackwardAlone(_layers.Length, _imageLayers, _firstRow, end - _firstRow);
        for (int row = _firstRow; row < end; row += ImagesAtOnce)
        {
            BackwardAlone(_imageLayers, 0, row, Math.Min(ImagesAtOnce, end - row));
        }

        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].CollectParameterGradients(new LayerTensors(Gradients, _firstTensor[i]), Share.Whole);
        }
    }

    /// <summary>Both backward passes of some layers, from the last to the first.</summary>
    private void BackwardAlone(int endLayer, int firstLayer, int firstRow, int rows)
    {
        for (int i = endLayer - 1; i >= firstLayer; i--)
        {
            _layers[i].SetInnerGradients(firstRow, rows, worker: 0);
            _layers[i].AddParameterGradients(firstRow, rows, new LayerTensors(Gradients, _firstTensor[i]), Share.Whole);
            if (_layers[i].HasInputGradients)
            {
                _layers[i].SetInputGradients(firstRow, rows, worker: 0);
            }
        }
    }
}
