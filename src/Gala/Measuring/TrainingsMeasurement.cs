namespace Gala.Measuring;

/// <summary>How fast a machine trains.</summary>
/// <param name="Machine">It.</param>
/// <param name="Environment">What the agents play.</param>
/// <param name="Network">Preset of their networks.</param>
/// <param name="SimulatorsPerAgent">Simulators of each.</param>
/// <param name="Trainings">One for each number of agents.</param>
public sealed record TrainingsMeasurement(
    MachineDescription Machine, string Environment, string Network, int SimulatorsPerAgent, IReadOnlyList<TrainingMeasurement> Trainings);
