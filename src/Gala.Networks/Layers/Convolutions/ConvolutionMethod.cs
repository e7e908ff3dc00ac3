namespace Gala.Networks;

/// <summary>A way to compute a convolution. Rows are images; each row's outputs and input gradients depend on that row alone.</summary>
internal abstract unsafe class ConvolutionMethod : IDisposable
{
    /// <summary>Takes up new weights, shape [kernel, kernel, channels, filters].</summary>
    public abstract void Use(float* weights);

    /// <summary>outputs ← max(floor, inputs ∗ weights + bias).</summary>
    public abstract void Forward(int firstRow, int rows, float* bias, float floor);

    /// <summary>Input gradients, behind the input's activation still, from those of the outputs.</summary>
    public abstract void SetInputGradients(int firstRow, int rows);

    /// <summary>Adds the rows' share of the weights' gradients, here or at the latest in <see cref="FinishWeightGradients"/>.</summary>
    public abstract void AddWeightGradients(int firstRow, int rows, float* weightGradients);

    /// <summary>Adds what is still outstanding.</summary>
    public virtual void FinishWeightGradients(float* weightGradients)
    {
    }

    public abstract void Dispose();
}
