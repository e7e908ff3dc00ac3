namespace Gala.Runs;

/// <summary>Chooses an action for an observation.</summary>
internal delegate int Policy(ReadOnlySpan<float> observation);
