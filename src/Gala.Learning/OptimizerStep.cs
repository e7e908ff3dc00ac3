using System.Globalization;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Learning;

/// <summary>The end of every update: clip the gradient by its global norm and let the optimiser make its step.</summary>
internal static class OptimizerStep
{
    /// <summary>One step by the network's gradients as they are now, on its parameters or on others.</summary>
    /// <remarks>A gradient with a NaN in it, or so large that an optimiser's squares would overflow, is refused: parameters and optimiser stay
    /// as they were after the last good step, bit for bit. The norm that clipping needs tells it at no cost.</remarks>
    /// <exception cref="ArithmeticException">A finite gradient led to a step that is not.</exception>
    public static LearningStatistics Make(
        IActorCritic network, IOptimizer optimizer, LossStatistics loss, double learningRate, double maxGradientNorm, Span<float> parameters)
    {
        Span<float> gradients = network.Gradients.Span;
        double squares = Kernels.SumOfSquares(gradients);
        double gradientNorm = Math.Sqrt(squares);
        if (!(squares <= float.MaxValue)) // NaN compares false
        {
            return new LearningStatistics(loss, gradientNorm, UpdateNorm: 0, IsRefused: true);
        }

        optimizer.LearningRate = learningRate;
        double updateNorm = optimizer.Step(gradients, parameters, GradientClipping.Scale(gradientNorm, maxGradientNorm));
        return Finished(loss, gradientNorm, updateNorm);
    }

    /// <summary>The same by the mean of some agents' gradients; the norm that is clipped is an estimate of that of all.</summary>
    public static LearningStatistics Make(
        in SampledGradient gradient, RmsProp optimizer, LossStatistics loss, double learningRate, double maxGradientNorm, Span<float> parameters)
    {
        double squares = gradient.SquaredNorm();
        double gradientNorm = Math.Sqrt(squares);
        if (!(squares <= float.MaxValue))
        {
            return new LearningStatistics(loss, gradientNorm, UpdateNorm: 0, IsRefused: true);
        }

        optimizer.LearningRate = learningRate;
        double updateNorm = gradient.Step(optimizer, parameters, GradientClipping.Scale(gradientNorm, maxGradientNorm));
        return Finished(loss, gradientNorm, updateNorm);
    }

    private static LearningStatistics Finished(LossStatistics loss, double gradientNorm, double updateNorm) => double.IsFinite(updateNorm)
        ? new LearningStatistics(loss, gradientNorm, updateNorm)
        : throw new ArithmeticException(string.Create(
            CultureInfo.InvariantCulture, $"A gradient of norm {gradientNorm} led the optimiser to a step of norm {updateNorm}."));
}
