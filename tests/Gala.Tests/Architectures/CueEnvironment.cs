using Gala.Environments;
using Gala.Numerics;

namespace Gala.Tests.Architectures;

/// <summary>A cue at the start, left or right, says which action is worth 1 at the end of a corridor; the other is worth −1.</summary>
/// <remarks>Between the first observation and the last all are alike, so that without memory nothing is better than 0 on average.
/// After Bakker 2001, Reinforcement Learning with Long Short-Term Memory.</remarks>
internal sealed class CueEnvironment(int length) : IEnvironment
{
    private readonly StreamRandomSource _random = new(0);
    private int _cue;
    private int _step;

    public EnvironmentSpec Spec { get; } = new() { Id = "tests/cue", Observation = TensorShape.Vector(4), Actions = 2 };

    public void Reset(ulong seed, Span<float> observation)
    {
        _random.Seed(seed);
        Reset(observation);
    }

    public void Reset(Span<float> observation)
    {
        (_cue, _step) = (_random.UniformInteger(0, 2), 0);
        observation.Clear();
        observation[_cue] = 1;
    }

    public StepResult Step(int action, Span<float> observation)
    {
        observation.Clear();
        if (_step++ == length)
        {
            return new StepResult(action == _cue ? 1 : -1, Terminated: true, Truncated: false);
        }

        observation[_step == length ? 3 : 2] = 1; // the junction, or the corridor
        return new StepResult(0, Terminated: false, Truncated: false);
    }
}
