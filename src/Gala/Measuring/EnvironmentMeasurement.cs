namespace Gala.Measuring;

/// <summary>How fast an environment steps on one core, with random actions and its observations written.</summary>
/// <param name="Environment">Its id.</param>
/// <param name="StepsPerSecond">In a batch of 16 simulators, as agents play it: episodes that end are counted and followed by the next.</param>
/// <param name="BareStepsPerSecond">One environment stepped by itself.</param>
public sealed record EnvironmentMeasurement(string Environment, double StepsPerSecond, double BareStepsPerSecond);
