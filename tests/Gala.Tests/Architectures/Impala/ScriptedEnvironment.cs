using Gala.Environments;
using Gala.Numerics;

namespace Gala.Tests.Architectures;

/// <summary>Never ends an episode; what a step gives, or does instead, is the test's to say.</summary>
/// <param name="reward">From the number of the step, from 1 on.</param>
/// <param name="shape">Of its observations, all zeros but for one element that the step lights up.</param>
internal sealed class ScriptedEnvironment(Func<int, float> reward, TensorShape shape) : IEnvironment
{
    private int _steps;

    public EnvironmentSpec Spec { get; } = new() { Id = "tests/scripted", Observation = shape, Actions = 2 };

    public void Reset(Span<float> observation) => observation.Clear();

    public void Reset(ulong seed, Span<float> observation) => observation.Clear();

    public StepResult Step(int action, Span<float> observation)
    {
        observation.Clear();
        observation[++_steps % observation.Length] = 1;
        return new StepResult(reward(_steps), false, false);
    }
}
