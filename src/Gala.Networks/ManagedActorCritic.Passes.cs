using Gala.Numerics;

namespace Gala.Networks;

// Where a network's time goes, for benchmarks.
public sealed unsafe partial class ManagedActorCritic
{
    /// <summary>Every pass of every layer over T steps of N simulators, in the order in which <see cref="Forward"/> and
    /// <see cref="Backward(int, int, int, ReadOnlySpan{bool})"/> run them.</summary>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="simulators">N.</param>
    /// <remarks>Each finds its data where those two left them, so they have to go over the rows first. Passes that run again and again
    /// add gradients to gradients: nothing is to be learnt from these.</remarks>
    public IReadOnlyList<LayerPass> Passes(int steps, int simulators)
    {
        bool[] noneEnded = new bool[checked(steps * simulators)];
        ThrowIfNoTrajectories(0, steps, simulators, noneEnded);
        int rows = noneEnded.Length;
        string[] names = [.. Spec.Layers.Select(layer => layer.Name)];
        long[] ofRow = [.. MultiplyAddsOfRow()];
        long ofStates = Spec.Memory is { Units: int units } ? 4L * units * units : 0; // the states' part of the gates
        List<LayerPass> passes = [];
        for (int i = 0; i < _layers.Length; i++)
        {
            Layer layer = _layers[i];
            Add(names[i], "forward", rows * ofRow[i], () => layer.Forward(0, rows, worker: 0));
        }

        Add("heads", "forward", rows * ofRow[^1], () => _heads.Forward(0, rows, worker: 0));
        Add("heads", "backward-data", (_layers.Length > 0 ? rows : 0) * ofRow[^1], () => _heads.SetFeatureGradients(0, rows, worker: 0));
        Add("heads", "backward-weights", rows * ofRow[^1], () => _heads.AddParameterGradients(0, rows, HeadTensors.Of(Gradients), Share.Whole));
        if (_memory is { } memory)
        {
            Add("lstm", "backward-time", (rows - simulators) * ofStates, () => memory.BackThroughTime(0, steps, simulators, noneEnded, Share.Whole));
        }

        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            (Layer layer, int first) = (_layers[i], _firstTensor[i]);
            if (ofRow[i] > 0)
            {
                Add(names[i], "backward-weights", rows * ofRow[i], () => AddParameterGradients(layer, rows, new LayerTensors(Gradients, first)));
            }

            if (layer.HasInputGradients)
            {
                long ofInput = layer == _memory ? ofRow[i] - ofStates : ofRow[i];
                Add(names[i], "backward-data", rows * ofInput, () => SetInputGradients(layer, rows));
            }
        }

        return passes;

        void Add(string layer, string pass, long multiplyAdds, Action run) => passes.Add(new LayerPass(layer, pass, rows, multiplyAdds, () =>
        {
            PackIfChanged();
            run();
            GC.KeepAlive(this);
        }));
    }

    private static void AddParameterGradients(Layer layer, int rows, LayerTensors gradients)
    {
        layer.AddParameterGradients(0, rows, gradients, Share.Whole);
        layer.CollectParameterGradients(gradients, Share.Whole);
        layer.FinishParameterGradients(gradients);
    }

    private static void SetInputGradients(Layer layer, int rows)
    {
        layer.SetInnerGradients(0, rows, worker: 0);
        layer.SetInputGradients(0, rows, worker: 0);
    }

    /// <summary>Of each layer, then of the heads.</summary>
    private IEnumerable<long> MultiplyAddsOfRow()
    {
        TensorShape shape = Spec.Input;
        foreach ((_, LayerSpec layer) in Spec.Layers)
        {
            yield return layer.MultiplyAdds(shape);
            shape = layer.OutputShape(shape);
        }

        yield return (long)shape.Length * (Spec.Actions + 1);
    }
}
