namespace Gala.Environments;

/// <summary>A recorded reset: the draws that it made and the observation after it.</summary>
/// <param name="Draws">In order.</param>
/// <param name="Hash">Of the observation.</param>
/// <param name="Obs">Indices of the ones in the observation, increasing.</param>
/// <param name="After">The step after which it happened; absent for the reset at the start.</param>
internal sealed record TraceReset(TraceDraw[] Draws, string Hash, int[] Obs, int? After = null);
