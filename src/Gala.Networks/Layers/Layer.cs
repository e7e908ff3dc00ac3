namespace Gala.Networks;

/// <summary>One layer at work: it reads its input buffer, owns its output buffer, and keeps its weights packed for the kernels.</summary>
/// <remarks>A buffer's gradients are those before its own activation: who sets them has passed the activation's gradient already.</remarks>
internal abstract unsafe class Layer(RowBuffer input, RowBuffer output) : IDisposable
{
    /// <summary>The outputs, kept for the backward pass.</summary>
    public RowBuffer Output => output;

    /// <summary>The inputs; the layer before owns them.</summary>
    protected RowBuffer Input => input;

    /// <summary>What a rectifying kernel raises outputs to.</summary>
    protected float Floor => output.Activation == Activation.Relu ? 0 : float.NegativeInfinity;

    /// <summary>Takes up new parameters: packs the weights anew.</summary>
    /// <param name="parameters">The layer's own, which outlive it.</param>
    public virtual void Use(LayerTensors parameters)
    {
    }

    /// <summary>Computes outputs from inputs.</summary>
    public abstract void Forward(int firstRow, int rows);

    /// <summary>Sets the inputs' gradients, those before the input's own activation, from those of the outputs.</summary>
    /// <remarks>Called only where the input buffer has gradients, after <see cref="AddParameterGradients"/> for the same rows.</remarks>
    public abstract void SetInputGradients(int firstRow, int rows);

    /// <summary>Adds the rows' share of the gradients of the layer's parameters.</summary>
    /// <param name="firstRow">First row.</param>
    /// <param name="rows">Number of rows to sum over.</param>
    /// <param name="gradients">Updated.</param>
    public virtual void AddParameterGradients(int firstRow, int rows, LayerTensors gradients)
    {
    }

    public void Dispose()
    {
        DisposeWeights();
        output.Dispose();
    }

    /// <summary>Frees what the layer owns besides its outputs.</summary>
    protected virtual void DisposeWeights()
    {
    }
}
