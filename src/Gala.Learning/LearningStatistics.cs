namespace Gala.Learning;

/// <summary>What came of one update.</summary>
/// <param name="Loss">The terms of the loss.</param>
/// <param name="GradientNorm">Global norm of the gradient before clipping.</param>
/// <param name="UpdateNorm">Euclidean norm of the change of the parameters.</param>
/// <param name="IsRefused">The gradient was not finite, so parameters and optimiser stayed as they were.</param>
public readonly record struct LearningStatistics(LossStatistics Loss, double GradientNorm, double UpdateNorm, bool IsRefused = false);
