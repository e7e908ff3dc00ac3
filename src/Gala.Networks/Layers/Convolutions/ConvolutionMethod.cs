using Gala.Numerics;

namespace Gala.Networks;

/// <summary>A way to compute a convolution. Rows are images; each row's outputs and input gradients depend on that row alone.</summary>
internal abstract unsafe class ConvolutionMethod : IDisposable
{
    /// <summary>Takes up new weights, shape [kernel, kernel, channels, filters].</summary>
    public abstract void Use(float* weights);

    /// <summary>outputs ← max(floor, inputs ∗ weights + bias).</summary>
    /// <remarks><see cref="Layer"/> tells of workers and shares.</remarks>
    public abstract void Forward(int firstRow, int rows, float* bias, float floor, int worker);

    /// <summary>Input gradients, behind the input's activation still, from those of the outputs.</summary>
    public abstract void SetInputGradients(int firstRow, int rows, int worker);

    /// <summary>Adds what the rows contribute to the gradients of a share of the weights, here or at the latest in <see cref="CollectWeightGradients"/>.</summary>
    public abstract void AddWeightGradients(int firstRow, int rows, float* weightGradients, Share share);

    /// <summary>Adds what is still outstanding of a share, by the thread that summed it up.</summary>
    public virtual void CollectWeightGradients(float* weightGradients, Share share)
    {
    }

    public abstract void Dispose();
}
