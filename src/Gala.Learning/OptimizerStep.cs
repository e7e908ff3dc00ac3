using Gala.Networks;
using Gala.Numerics;

namespace Gala.Learning;

/// <summary>The end of every update: clip the gradient by its global norm and let the optimiser make its step.</summary>
internal static class OptimizerStep
{
    /// <summary>One step by the network's gradients as they are now, on its parameters or on others.</summary>
    public static LearningStatistics Make(
        IActorCritic network, IOptimizer optimizer, LossStatistics loss, double learningRate, double maxGradientNorm, Span<float> parameters)
    {
        Span<float> gradients = network.Gradients.Span;
        double gradientNorm = Math.Sqrt(Kernels.SumOfSquares(gradients));
        optimizer.LearningRate = learningRate;
        double updateNorm = optimizer.Step(gradients, parameters, GradientClipping.Scale(gradientNorm, maxGradientNorm));
        return new LearningStatistics(loss, gradientNorm, updateNorm);
    }
}
