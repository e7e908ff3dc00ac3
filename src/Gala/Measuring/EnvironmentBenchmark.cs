using Gala.Environments;

namespace Gala.Measuring;

/// <summary>Measures every registered environment on one core.</summary>
public static class EnvironmentBenchmark
{
    private const int Simulators = 16;
    private const int DrawnActions = 4_096; // a power of two, and too many for the processor to learn by heart
    private const ulong Seed = 7;

    /// <summary>Measures all environments of a registry.</summary>
    /// <param name="duration">Of each measurement, two an environment.</param>
    /// <param name="warmUp">Before each.</param>
    /// <param name="registry">Null: <see cref="EnvironmentRegistry.Default"/>.</param>
    /// <param name="progress">Told what comes next.</param>
    public static EnvironmentsMeasurement Run(
        TimeSpan duration, TimeSpan warmUp, EnvironmentRegistry? registry = null, Action<string>? progress = null)
    {
        registry ??= EnvironmentRegistry.Default;
        CallTimer timer = new(duration, warmUp);
        List<EnvironmentMeasurement> measured = [];
        foreach (EnvironmentEntry entry in registry.List())
        {
            progress?.Invoke(entry.Id);
            using SimulatorBatch batch = SimulatorBatch.Create(entry.Id, Simulators, Seed, registry: registry);
            IEnvironment bare = registry.Create(entry.Id);
            using IDisposable? held = bare as IDisposable;
            measured.Add(new EnvironmentMeasurement(
                entry.Id, StepsPerSecond(timer, Simulators, Batch(batch)), StepsPerSecond(timer, 1, Bare(bare))));
        }

        return new EnvironmentsMeasurement(MachineDescription.OfThis(), measured);
    }

    private static double StepsPerSecond(CallTimer timer, int steps, Action work)
    {
        timer.WarmUp([work]);
        return steps * 1e6 / timer.Measure(work).Microseconds;
    }

    private static Action Batch(SimulatorBatch simulators)
    {
        float[] observations = new float[Simulators * simulators.Spec.Observation.Length];
        float[] rewards = new float[Simulators];
        (bool[] terminated, bool[] truncated) = (new bool[Simulators], new bool[Simulators]);
        int[] actions = Draw(simulators.Spec.Actions);
        int next = 0;
        simulators.Reset(observations);
        return () =>
        {
            simulators.Step(actions.AsSpan(next, Simulators), observations, rewards, terminated, truncated);
            next = (next + Simulators) % DrawnActions;
        };
    }

    private static Action Bare(IEnvironment environment)
    {
        float[] observation = new float[environment.Spec.Observation.Length];
        int[] actions = Draw(environment.Spec.Actions);
        int next = 0;
        environment.Reset(Seed, observation);
        return () =>
        {
            if (environment.Step(actions[next], observation).IsOver)
            {
                environment.Reset(observation);
            }

            next = (next + 1) % DrawnActions;
        };
    }

    private static int[] Draw(int actions)
    {
        Random random = new((int)Seed);
        return [.. Enumerable.Range(0, DrawnActions).Select(_ => random.Next(actions))];
    }
}
