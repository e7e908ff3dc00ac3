using Gala.Numerics;

namespace Gala.Networks;

/// <summary>One layer at work: it reads its input buffer, owns its output buffer, and keeps its weights packed for the kernels.</summary>
/// <remarks>
/// <para>A buffer's gradients are those before its own activation: who sets them has passed the activation's gradient already.</para>
/// <para>Threads share out a pass: by rows where each row's results are its own, by weights where they are sums over rows. So a sum is one
/// chain in the order of the rows however many threads there are.</para>
/// </remarks>
internal abstract unsafe class Layer(RowBuffer input, RowBuffer output) : IDisposable
{
    /// <summary>The outputs, kept for the backward pass.</summary>
    public RowBuffer Output => output;

    /// <summary>Whether the layer has more weights than the cache holds, so that rows had better come all at once.</summary>
    public virtual bool HasManyWeights => false;

    /// <summary>Whether anybody asks for the inputs' gradients.</summary>
    public bool HasInputGradients => input.HasGradients;

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
    /// <param name="firstRow">First row.</param>
    /// <param name="rows">Number of rows; other threads may work on other rows.</param>
    /// <param name="worker">Index of the calling thread among those that share out rows: which scratch memory is its own.</param>
    public abstract void Forward(int firstRow, int rows, int worker);

    /// <summary>Sets the gradients of what lies between parts of the layer, from those of the outputs.</summary>
    /// <inheritdoc cref="Forward"/>
    public virtual void SetInnerGradients(int firstRow, int rows, int worker)
    {
    }

    /// <summary>Sets the inputs' gradients, those before the input's own activation, from those of the outputs.</summary>
    /// <remarks>Called only where the input buffer has gradients, after <see cref="SetInnerGradients"/>.</remarks>
    /// <inheritdoc cref="Forward"/>
    public abstract void SetInputGradients(int firstRow, int rows, int worker);

    /// <summary>Adds what the rows contribute to the gradients of the layer's parameters, once all gradients of the layer's rows are set.</summary>
    /// <param name="firstRow">First row.</param>
    /// <param name="rows">Number of rows to sum over.</param>
    /// <param name="gradients">The share's parameters are updated.</param>
    /// <param name="share">Which of the parameters; one of all shares of the same count, each on a thread of its own.</param>
    public virtual void AddParameterGradients(int firstRow, int rows, LayerTensors gradients, Share share)
    {
    }

    /// <summary>Adds what <see cref="AddParameterGradients"/> has summed up elsewhere for a share, once it was through all rows.</summary>
    /// <inheritdoc cref="AddParameterGradients"/>
    public virtual void CollectParameterGradients(LayerTensors gradients, Share share)
    {
    }

    /// <summary>Adds what all shares left outstanding, once they have ended: little enough for one thread.</summary>
    /// <param name="gradients">Updated.</param>
    public virtual void FinishParameterGradients(LayerTensors gradients)
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
