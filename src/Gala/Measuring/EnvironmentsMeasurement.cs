namespace Gala.Measuring;

/// <summary>How fast environments step.</summary>
/// <param name="Machine">Measured on.</param>
/// <param name="Environments">In order of id.</param>
public sealed record EnvironmentsMeasurement(MachineDescription Machine, IReadOnlyList<EnvironmentMeasurement> Environments);
