using Gala.Numerics;

namespace Gala.Environments.Tests;

/// <summary>Counts its steps: observes (steps, low bits of the seed), pays the count, and terminates after a length.</summary>
internal sealed class Counter(int length = int.MaxValue) : IEnvironment
{
    private float _seed;
    private int _steps;

    public EnvironmentSpec Spec { get; } = new() { Id = "test/counter", Observation = TensorShape.Vector(2), Actions = 3 };

    public List<ulong> Seeds { get; } = [];

    public void Reset(Span<float> observation)
    {
        _steps = 0;
        Observe(observation);
    }

    public void Reset(ulong seed, Span<float> observation)
    {
        Seeds.Add(seed);
        _seed = seed % 1024;
        Reset(observation);
    }

    public StepResult Step(int action, Span<float> observation)
    {
        _steps++;
        Observe(observation);
        return new StepResult(_steps, _steps == length, false);
    }

    private void Observe(Span<float> observation) => (observation[0], observation[1]) = (_steps, _seed);
}
