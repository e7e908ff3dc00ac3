namespace Gala.Gossip;

/// <summary>What a rule may know of the update that an agent has just made.</summary>
/// <param name="Number">1 for the agent's first update, one more for each after it.</param>
/// <param name="LearningRate">η of this update.</param>
/// <param name="GradientNorm">‖g‖ of this update, before clipping.</param>
public readonly record struct CompletedUpdate(long Number, double LearningRate, double GradientNorm);
