using Gala.Networks;
using Gala.Numerics;

namespace Gala.Learning;

/// <summary>The end of every update: clip the gradient by its global norm and let the optimiser make its step.</summary>
internal static class OptimizerStep
{
    /// <param name="optimizer">Of the parameters.</param>
    /// <param name="gradients">g, shape [P].</param>
    /// <param name="parameters">θ, shape [P]; updated.</param>
    /// <param name="loss">For the statistics.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="maxGradientNorm">Infinity for no clipping.</param>
    public static LearningStatistics Make(
        IOptimizer optimizer, ReadOnlySpan<float> gradients, Span<float> parameters, LossStatistics loss, double learningRate, double maxGradientNorm)
    {
        double gradientNorm = Math.Sqrt(Kernels.SumOfSquares(gradients));
        optimizer.LearningRate = learningRate;
        double updateNorm = optimizer.Step(gradients, parameters, GradientClipping.Scale(gradientNorm, maxGradientNorm));
        return new LearningStatistics(loss, gradientNorm, updateNorm);
    }
}
