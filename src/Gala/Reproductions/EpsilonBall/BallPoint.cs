namespace Gala.Reproductions;

/// <summary>The agents at one moment of their training, all in the stacked Euclidean norm.</summary>
/// <param name="Frames">Of all agents together.</param>
/// <param name="Distance">‖X − X̄‖.</param>
/// <param name="Tracking">Proposition 1: Σⱼ ‖ΠRⱼ‖ ‖Δ of j rounds ago‖ with the updates as measured.</param>
/// <param name="Rounding">What single precision alone may hold the agents apart.</param>
internal readonly record struct BallPoint(long Frames, double Distance, double Tracking, double Rounding);
