namespace Gala.Networks;

/// <summary>Clipping of a gradient by its global norm, as a factor for <see cref="IOptimizer.Step"/>.</summary>
public static class GradientClipping
{
    // torch.nn.utils.clip_grad_norm_ adds it; kept, so that a clipped step is the same as PyTorch's.
    private const double NormOffset = 1e-6;

    /// <summary>min(1, maximum / (norm + 1e-6)).</summary>
    /// <param name="norm">Euclidean norm of the gradient before clipping. NaN gives NaN and ∞ gives 0: neither hides a broken
    /// gradient.</param>
    /// <param name="maximum">Largest norm to let pass, positive; ∞ for no clipping.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximum"/> is not positive.</exception>
    /// <remarks>Source: Pascanu, Mikolov, Bengio 2013 (arXiv 1211.5063); the 1e-6 from torch.nn.utils.clip_grad_norm_.</remarks>
    public static float Scale(double norm, double maximum)
    {
        if (!(maximum > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(maximum), maximum, "The largest gradient norm must be positive; infinity turns clipping off.");
        }

        return double.IsPositiveInfinity(maximum) ? 1 : (float)Math.Min(1, maximum / (norm + NormOffset));
    }
}
