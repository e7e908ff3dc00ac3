namespace Gala.Environments;

/// <summary>A full recorded observation.</summary>
/// <param name="Step">The step after which it stood.</param>
/// <param name="Obs">Indices of the ones, increasing.</param>
internal sealed record TraceObservation(int Step, int[] Obs);
